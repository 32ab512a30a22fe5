namespace SlSam.Experiments.Running;

/// <summary>
/// A method's step time in reference steps: steps are counted in blocks with a reference step at the end of each, and the ratio is the median over the
/// blocks of their mean step to that reference. So a machine that becomes slower in the middle of a run slows both, and a single hiccup counts for nothing.
/// </summary>
internal sealed class BlockTimes
{
    private readonly List<double> _steps = [];
    private readonly List<double> _references = [];
    private readonly List<double> _ratios = [];
    private double _block;
    private int _blockSteps;

    /// <summary>The median of the blocks' ratios, without the first block, which allocates what later ones find; NaN where there is none.</summary>
    public double Ratio => Median(_ratios.Count > 1 ? _ratios[1..] : _ratios);

    /// <summary>The mean time of a step.</summary>
    public double StepSeconds => _steps.Count == 0 ? double.NaN : _steps.Average();

    /// <summary>The mean time of a reference step.</summary>
    public double ReferenceSeconds => _references.Count == 0 ? double.NaN : _references.Average();

    /// <summary>Counts a step of the method.</summary>
    public void Add(double seconds)
    {
        _steps.Add(seconds);
        _block += seconds;
        _blockSteps++;
    }

    /// <summary>Counts a reference step, and so ends a block.</summary>
    public void AddReference(double seconds)
    {
        _references.Add(seconds);
        _ratios.Add(_block / _blockSteps / seconds);
        (_block, _blockSteps) = (0, 0);
    }

    private static double Median(List<double> values)
    {
        if (values.Count == 0)
            return double.NaN;
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
