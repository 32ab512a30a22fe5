namespace SlSam.Benchmarks.Statistics;

/// <summary>Means over draws.</summary>
internal static class WeightedMean
{
    /// <summary>
    /// The expected cost over all draws that there are, each measured at least once and weighted by its probability. So which draws came up adds no noise,
    /// as it would to a mean over random draws; what is left is that of the clock.
    /// </summary>
    /// <remarks>
    /// The noise of one value is estimated from how far it is from the middle of the draws two before and two after: along the draws, costs lie
    /// near a straight line, and since active arms come and go in turn, every second draw has as many. y[i-2] - 2 y[i] + y[i+2] has 6 times the variance of y.
    /// </remarks>
    /// <param name="costs">One for each draw, in the order of the draws.</param>
    /// <param name="weights">Their probabilities.</param>
    public static Estimate OfAllDraws(IReadOnlyList<double> costs, IReadOnlyList<double> weights)
    {
        var mean = costs.Zip(weights, (cost, weight) => cost * weight).Sum();
        var squares = 0.0;
        for (var draw = 2; draw < costs.Count - 2; draw++)
        {
            var bend = costs[draw - 2] - (2 * costs[draw]) + costs[draw + 2];
            squares += bend * bend / 6;
        }

        var variance = squares / Math.Max(1, costs.Count - 4);
        return Estimate.FromError(mean, Math.Sqrt(variance * weights.Sum(weight => weight * weight)));
    }

    /// <summary>The mean of random draws; those that are not a number do not count.</summary>
    public static Estimate OfRandomDraws(IEnumerable<double> costs)
    {
        double[] values = [.. costs.Where(cost => !double.IsNaN(cost))];
        var mean = values.Average();
        var squares = values.Sum(value => (value - mean) * (value - mean));
        return Estimate.FromError(mean, Math.Sqrt(squares / (values.Length * Math.Max(1.0, values.Length - 1))));
    }
}
