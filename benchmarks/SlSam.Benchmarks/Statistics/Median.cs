namespace SlSam.Benchmarks.Statistics;

/// <summary>
/// The median, with the interval between two order statistics that holds the true median with at least 95 % confidence, whatever the distribution.
/// </summary>
internal static class Median
{
    /// <summary>The median of values; those that are not a number do not count.</summary>
    public static Estimate Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(value => !double.IsNaN(value)).Order()];
        if (sorted.Length == 0)
            return new Estimate(double.NaN, double.NaN, double.NaN);
        var rank = Outside(sorted.Length);
        var middle = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return new Estimate(middle, sorted[rank], sorted[^(rank + 1)]);
    }

    /// <summary>The median of the ratios of two methods' times in the same rounds, so that a drift of the machine's speed meets both.</summary>
    public static Estimate OfRatios(IReadOnlyList<double> numerators, IReadOnlyList<double> denominators) =>
        Of(numerators.Zip(denominators, (numerator, denominator) => numerator / denominator));

    /// <summary>
    /// How many values lie outside the interval on each side: the largest r with 2 P(X &lt;= r) &lt;= 5 %, where X counts the heads of n
    /// throws of a coin. With fewer than six values the interval is the whole range, with less confidence.
    /// </summary>
    internal static int Outside(int count)
    {
        var rank = 0;
        var probability = Math.Pow(0.5, count);
        var below = probability;
        while (2 * below <= 0.05)
        {
            rank++;
            probability *= (count - rank + 1.0) / rank;
            below += probability;
        }

        return Math.Max(0, rank - 1);
    }
}
