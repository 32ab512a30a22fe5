using SlSam.Benchmarks.Statistics;

namespace SlSam.Benchmarks.Tests;

public sealed class MedianTests
{
    /// <summary>Ranks of the 95 % interval for a median, as tables of the sign test give them; counted from 1, and the same from above.</summary>
    [Theory]
    [InlineData(5, 1)]
    [InlineData(6, 1)]
    [InlineData(8, 1)]
    [InlineData(9, 2)]
    [InlineData(12, 3)]
    [InlineData(20, 6)]
    [InlineData(25, 8)]
    [InlineData(50, 18)]
    public void The_interval_is_that_of_the_tables(int count, int rank)
    {
        var median = Median.Of(Enumerable.Range(1, count).Reverse().Select(value => (double)value));

        Assert.Equal((rank, count + 1 - rank, (count + 1) / 2.0), (median.Low, median.High, median.Middle));
    }

    [Fact]
    public void A_drift_a_hiccup_and_rounds_sat_out_leave_a_ratio_as_it_is()
    {
        double[] others = [.. Enumerable.Range(0, 21).Select(round => Math.Pow(1.5, round))];
        double[] mine = [.. others.Select((other, round) => round == 4 ? 500 : round % 2 == 1 ? double.NaN : 2 * other)];

        var ratio = Median.OfRatios(mine, others);

        Assert.Equal((2, 2, 2), (ratio.Middle, ratio.Low, Math.Round(ratio.High, 9)));
    }
}
