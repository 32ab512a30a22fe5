using System.ComponentModel.DataAnnotations;

namespace SlSam.Reporting.TensorBoard;

/// <summary>How much <see cref="TensorBoardWriter"/> writes.</summary>
public sealed record TensorBoardOptions
{
    private int _layerInterval = 10;
    private int _flushInterval = 20;

    /// <summary>
    /// Every how many steps the layers' probabilities and the histograms are written, at least 1; 10 by default. A histogram is of all norms since the last.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(1, int.MaxValue)]
    public int LayerInterval
    {
        get => _layerInterval;
        init => _layerInterval = AtLeastOne(value, nameof(LayerInterval));
    }

    /// <summary>After how many steps TensorBoard sees them, at least 1; 20 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(1, int.MaxValue)]
    public int FlushInterval
    {
        get => _flushInterval;
        init => _flushInterval = AtLeastOne(value, nameof(FlushInterval));
    }

    private static int AtLeastOne(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }
}
