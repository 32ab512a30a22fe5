namespace SlSam.Experiments.Costs;

/// <summary>How many times as long one thing takes as another.</summary>
/// <param name="Value">The ratio of the mean times.</param>
/// <param name="Error">Its standard error; NaN for a single pair.</param>
internal sealed record PairedRatio(double Value, double Error)
{
    /// <summary>
    /// The ratio of times that were measured in pairs, one right after the other. What slows the machine slows both of a pair, so the error is that of the
    /// pairs' differences from the ratio.
    /// </summary>
    public static PairedRatio Of(IReadOnlyList<double> times, IReadOnlyList<double> references)
    {
        int count = times.Count;
        double reference = references.Average();
        double ratio = times.Average() / reference;
        double squares = times.Zip(references, (time, beside) => (time - ratio * beside) * (time - ratio * beside)).Sum();
        return new PairedRatio(ratio, count > 1 ? Math.Sqrt(squares / count / (count - 1)) / reference : double.NaN);
    }
}
