using SlSam.Benchmarks.Statistics;

namespace SlSam.Benchmarks.Tests;

public sealed class WeightedMeanTests
{
    [Fact]
    public void Costs_on_two_lines_in_turn_have_no_noise()
    {
        double[] costs = [.. Enumerable.Range(0, 11).Select(draw => 3 - (0.2 * draw) + (draw % 2 * 0.7))];

        var mean = WeightedMean.OfAllDraws(costs, [.. Enumerable.Repeat(1 / 11.0, 11)]);

        Assert.Equal(costs.Average(), mean.Middle, 12);
        Assert.Equal(0, mean.High - mean.Low, 12);
    }

    /// <summary>The interval is built from 27 values whose noise is unknown to it, and holds the true mean about as often as it says.</summary>
    [Fact]
    public void The_interval_holds_the_mean_as_often_as_it_says()
    {
        var random = new Random(1);
        double[] weights = [.. Enumerable.Range(0, 27).Select(draw => draw % 2 == 0 ? 3.0 : 1.0)];
        weights = [.. weights.Select(weight => weight / weights.Sum())];
        double[] truth = [.. Enumerable.Range(0, 27).Select(draw => 2 - (0.05 * draw))];
        var expected = truth.Zip(weights, (cost, weight) => cost * weight).Sum();

        var held = Enumerable.Range(0, 4000).Count(_ =>
        {
            var mean = WeightedMean.OfAllDraws([.. truth.Select(cost => cost + (0.1 * Normal(random)))], weights);
            return mean.Low <= expected && expected <= mean.High;
        });

        Assert.InRange(held / 4000.0, 0.91, 0.97);
    }

    [Fact]
    public void Relative_errors_of_a_ratio_add_up_in_squares()
    {
        var ratio = Estimate.FromError(6, 6 * 0.03).Over(Estimate.FromError(2, 2 * 0.04));

        Assert.Equal(3, ratio.Middle, 12);
        Assert.Equal(3 * 0.05 * Estimate.Normal95, ratio.High - ratio.Middle, 12);
    }

    [Fact]
    public void Random_draws_have_the_standard_error_of_their_mean()
    {
        var mean = WeightedMean.OfRandomDraws([1, double.NaN, 2, 3, 4]);

        Assert.Equal(2.5, mean.Middle, 12);
        Assert.Equal(Estimate.Normal95 * Math.Sqrt(5.0 / 3 / 4), mean.High - mean.Middle, 12);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
