namespace SlSam.Benchmarks.Statistics;

/// <summary>A measured quantity and the interval that holds it with 95 % confidence.</summary>
/// <param name="Middle">The estimate.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
internal readonly record struct Estimate(double Middle, double Low, double High)
{
    /// <summary>Half of the 95 % interval of a normal distribution, in standard errors.</summary>
    public const double Normal95 = 1.96;

    /// <summary>Something that is counted rather than timed.</summary>
    public static Estimate Exact(double value) => new(value, value, value);

    /// <summary>A mean with its standard error.</summary>
    public static Estimate FromError(double mean, double standardError) =>
        new(mean, mean - (Normal95 * standardError), mean + (Normal95 * standardError));

    /// <summary>The ratio of two quantities that were measured independently of each other; relative errors add up in squares.</summary>
    public Estimate Over(Estimate other)
    {
        var ratio = Middle / other.Middle;
        return FromError(ratio, Math.Abs(ratio) * Math.Sqrt(Squared(RelativeError) + Squared(other.RelativeError)));
    }

    private double RelativeError => (High - Low) / (2 * Normal95 * Middle);

    private static double Squared(double value) => value * value;
}
