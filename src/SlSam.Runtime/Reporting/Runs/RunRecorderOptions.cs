using System.ComponentModel.DataAnnotations;

namespace SlSam;

/// <summary>How <see cref="RunRecorder"/> records.</summary>
public sealed record RunRecorderOptions
{
    private int _points = 1000;
    private int _balancednessInterval = 10;
    private IReadOnlyDictionary<string, string> _settings = new Dictionary<string, string>();

    /// <summary>What the run is called in reports; by default the method's name.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The most points that the series keep, at least 2; 1000 by default. An odd number stands for the even one below it. When there are as many, each two become
    /// one, so that memory stays the same however long the run is.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(2, int.MaxValue)]
    public int Points
    {
        get => _points;
        init => _points = value >= 2
            ? value - (value % 2)
            : throw new ArgumentOutOfRangeException(nameof(Points), value, $"Points is {value}, but must be at least 2.");
    }

    /// <summary>
    /// Every how many steps the balancedness of the low-rank pairs is read, beginning with the first step; at least 1, 10 by default. Each reading waits for the
    /// device once.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(1, int.MaxValue)]
    public int BalancednessInterval
    {
        get => _balancednessInterval;
        init => _balancednessInterval = Require.AtLeastOne(value, nameof(BalancednessInterval));
    }

    /// <summary>What else is worth knowing about the run, such as the size of a batch; nothing by default.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IReadOnlyDictionary<string, string> Settings
    {
        get => _settings;
        init => _settings = value ?? throw new ArgumentNullException(nameof(Settings));
    }
}
