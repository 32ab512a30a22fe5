namespace SlSam.Benchmarks.Drawing;

/// <summary>Sets of active arms as the released SL-SAM draws them: each arm by itself, and again where none is active.</summary>
internal static class IndependentDraws
{
    /// <summary>Draws sets whose first active arms, on which most of a step's cost depends, are spread evenly over their distribution.</summary>
    /// <param name="arms">The number of arms.</param>
    /// <param name="probability">Each arm's probability.</param>
    /// <param name="count">How many sets.</param>
    /// <param name="random">The source of all other draws.</param>
    public static IReadOnlyList<int[]> Draw(int arms, double probability, int count, Random random)
    {
        var quantiles = Enumerable.Range(0, count).Select(index => (index + random.NextDouble()) / count);
        int[][] sets = [.. quantiles.Select(quantile => Draw(First(arms, probability, quantile), arms, probability, random))];
        random.Shuffle(sets);
        return sets;
    }

    /// <summary>The first active arm at a quantile of its distribution: P(first &gt;= k) = (1 - p)^k, given that there is one.</summary>
    private static int First(int arms, double probability, double quantile)
    {
        var none = Math.Pow(1 - probability, arms);
        return Math.Min(arms - 1, (int)Math.Floor(Math.Log(1 - (quantile * (1 - none))) / Math.Log(1 - probability)));
    }

    private static int[] Draw(int first, int arms, double probability, Random random) =>
        [first, .. Enumerable.Range(first + 1, arms - first - 1).Where(_ => random.NextDouble() < probability)];
}
