namespace SentimentFineTuning.Training;

/// <summary>How long steps took.</summary>
internal sealed class StepTimes
{
    /// <summary>Steps at the beginning that are left out: they allocate memory that later ones find.</summary>
    private const int Unsettled = 2;

    private readonly double[] _seconds;

    internal StepTimes(IReadOnlyList<double> seconds) =>
        _seconds = [.. seconds.Skip(seconds.Count > Unsettled ? Unsettled : 0)];

    internal double Median
    {
        get
        {
            if (_seconds.Length == 0)
                return double.NaN;
            double[] sorted = [.. _seconds.Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    /// <summary>The mean counts the cheap steps and the dear ones of a method that trains other layers in each.</summary>
    internal double Mean => _seconds.Length == 0 ? double.NaN : _seconds.Average();
}
