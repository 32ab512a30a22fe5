using SlSam.Benchmarks.Drawing;

namespace SlSam.Benchmarks.Tests;

public sealed class DrawTests
{
    /// <summary>The runtime's own sampler says which arms a draw makes active: those of the enumeration, for draws all over [0, 1).</summary>
    [Theory]
    [InlineData(14, 0.2)]
    [InlineData(8, 0.2)]
    [InlineData(5, 0.15)]
    [InlineData(3, 1.0)]
    public void The_enumeration_is_what_the_sampler_draws(int arms, double probability)
    {
        const int grid = 5000;
        var draws = WindowedDraws.Enumerate(arms, probability);
        var chosen = new ChosenDraw();
        var selector = new SlSamSelector(new LayerBandit(arms, probability, 0), LayerSampling.Windowed, chosen);
        var counts = new Dictionary<string, int>();
        var roles = new ArmRole[arms];
        for (var point = 0; point < grid; point++)
        {
            chosen.Value = (point + 0.5) / grid;
            selector.Select(roles);
            var name = string.Join(',', Enumerable.Range(0, arms).Where(arm => roles[arm] != ArmRole.Inactive));
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        var enumerated = draws.GroupBy(draw => string.Join(',', draw.Arms)).ToDictionary(group => group.Key, group => group.Sum(draw => draw.Probability));
        Assert.Equal(1, enumerated.Values.Sum(), 9);
        Assert.Empty(counts.Keys.Except(enumerated.Keys));
        Assert.All(enumerated, each => Assert.InRange(each.Value - (counts.GetValueOrDefault(each.Key) / (double)grid), -0.002, 0.002));
    }

    [Fact]
    public void Independent_draws_have_the_probability_of_each_arm_given_that_there_is_one()
    {
        const int arms = 6, count = 20_000;
        const double probability = 0.2;
        var sets = IndependentDraws.Draw(arms, probability, count, new Random(1));

        // p / (1 - (1 - p)^L), since sets without an arm are drawn again.
        var expected = probability / (1 - Math.Pow(1 - probability, arms));
        foreach (var arm in Enumerable.Range(0, arms))
            Assert.InRange(sets.Count(set => set.Contains(arm)) / (double)count, expected - 0.012, expected + 0.012);
        Assert.All(sets, set => Assert.True(set.Length > 0 && set.SequenceEqual(set.Order().Distinct())));
        var first = Enumerable.Range(0, arms).Select(arm => sets.Count(set => set[0] == arm) / (double)count).ToArray();
        Assert.All(first, (share, arm) => Assert.InRange(share - (expected * Math.Pow(1 - probability, arm)), -0.001, 0.001));
    }
}
