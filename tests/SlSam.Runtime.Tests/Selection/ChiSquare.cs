namespace SlSam.Runtime.Tests.Selection;

/// <summary>Pearson's test of counts against the probabilities that they should have.</summary>
internal static class ChiSquare
{
    /// <summary>Asserts that counts are as far from what is expected as draws are, no more and no less: 1e-4 of all runs would lie outside on either side.</summary>
    public static void Assert(IReadOnlyCollection<(long Count, double Probability)> cells, long draws)
    {
        // Cells with few expected counts are thrown together: the statistic would not have its distribution.
        var large = cells.Where(cell => cell.Probability * draws >= 10).ToList();
        var rest = cells.Where(cell => cell.Probability * draws < 10).ToArray();
        if (rest.Sum(cell => cell.Probability) * draws >= 10)
        {
            large.Add((rest.Sum(cell => cell.Count), rest.Sum(cell => cell.Probability)));
        }

        var freedom = large.Count - 1;
        var statistic = large.Sum(cell => Math.Pow(cell.Count - cell.Probability * draws, 2) / (cell.Probability * draws));
        Xunit.Assert.InRange(statistic, Quantile(freedom, -3.719), Quantile(freedom, 3.719));
    }

    /// <summary>Wilson's and Hilferty's approximation, at a quantile of the normal distribution.</summary>
    private static double Quantile(int freedom, double normal) =>
        freedom * Math.Pow(Math.Max(0, 1 - 2.0 / (9 * freedom) + normal * Math.Sqrt(2.0 / (9 * freedom))), 3);
}
