namespace SlSam.Runtime.Tests.Selection;

public sealed class LayerSamplerTests
{
    private const int Draws = 100_000;

    [Fact]
    public void Windowed_sampling_keeps_every_marginal()
    {
        double[] probabilities = [0.1, 0.15, 0.2, 0.3, 0.2, 0.15, 0.2, 0.3, 0.4, 0.2];
        AssertMarginals(LayerSampling.Windowed, probabilities);
    }

    [Fact]
    public void Independent_sampling_keeps_every_marginal()
    {
        // With these probabilities a draw without any active arm, which is drawn again, has a probability of 2e-7.
        double[] probabilities = [0.9, 0.8, 0.99, 0.7, 0.95, 0.9];
        AssertMarginals(LayerSampling.Independent, probabilities);
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(2.35)]
    public void Sampling_a_fixed_count_keeps_every_marginal_and_the_count(double sum)
    {
        double[] probabilities = [0.1, 0.15, 0.2, 0.3, 0.2, 0.15, 0.2, 0.3, sum - 1.8, 0.2];
        probabilities[8] = sum - (probabilities.Sum() - probabilities[8]);
        AssertMarginals(LayerSampling.FixedCount, probabilities, count => Assert.InRange(count, (int)Math.Floor(sum), (int)Math.Ceiling(sum)));
    }

    [Fact]
    public void Exactly_k_of_n_takes_every_subset_equally_often()
    {
        var sampler = LayerSampler.Create(LayerSampling.FixedCount, new SeededUniformSource(5));
        var active = new bool[5];
        var counts = new Dictionary<string, int>();
        for (var draw = 0; draw < Draws; draw++)
        {
            sampler.Sample([0.4, 0.4, 0.4, 0.4, 0.4], active);
            var subset = string.Concat(active.Select(each => each ? '1' : '0'));
            counts[subset] = counts.GetValueOrDefault(subset) + 1;
        }

        Assert.Equal(10, counts.Count);
        var chiSquare = counts.Values.Sum(count => (count - Draws / 10.0) * (count - Draws / 10.0) / (Draws / 10.0));
        Assert.InRange(chiSquare, 0.5, 34); // 9 degrees of freedom: 1e-4 outside on either side
    }

    [Theory]
    [InlineData(LayerSampling.Windowed)]
    [InlineData(LayerSampling.Independent)]
    [InlineData(LayerSampling.FixedCount)]
    public void A_uniform_selector_perturbs_every_arm_with_its_probability(LayerSampling sampling)
    {
        const int Arms = 20;
        var selector = new UniformSelector(Arms, 0.6, sampling, new SeededUniformSource(2));
        var counts = new int[Arms];
        var roles = new ArmRole[Arms];
        for (var draw = 0; draw < Draws; draw++)
        {
            selector.Select(roles);
            for (var arm = 0; arm < Arms; arm++)
            {
                counts[arm] += roles[arm] == ArmRole.Perturbed ? 1 : 0;
            }
        }

        Assert.All(counts, count => Assert.Equal(0.6, count / (double)Draws, 4.5 * Math.Sqrt(0.6 * 0.4 / Draws)));
    }

    [Fact]
    public void Windowed_sampling_takes_arms_that_lie_side_by_side()
    {
        var probabilities = Enumerable.Repeat(0.2, 12).ToArray();
        var sampler = LayerSampler.Create(LayerSampling.Windowed, new SeededUniformSource(7));
        var active = new bool[12];
        var first = 0.0;
        for (var draw = 0; draw < 10_000; draw++)
        {
            sampler.Sample(probabilities, active);
            var from = Array.IndexOf(active, true);
            var to = Array.LastIndexOf(active, true);
            Assert.All(Enumerable.Range(from, to - from + 1), arm => Assert.True(active[arm]));
            Assert.InRange(to - from + 1, 1, 4);
            first += from / 12.0 / 10_000;
        }

        // Independent draws would reach the first arm in most steps: the mean of the first active one would be 0.26 of the depth.
        Assert.InRange(first, 0.35, 0.42);
    }

    [Fact]
    public void A_gap_between_the_intervals_takes_the_nearest_arm_and_is_counted()
    {
        var sampler = new WindowedSampler(new FixedDraw(0.5));
        var active = new bool[3];
        sampler.Sample([0.1, 0.01, 0.1], active);
        Assert.Equal([false, true, false], active);
        Assert.Equal(0, sampler.Gaps);

        sampler = new WindowedSampler(new FixedDraw(0.3));
        sampler.Sample([0.1, 0.01, 0.1], active);
        Assert.Equal([false, true, false], active);
        Assert.Equal(1, sampler.Gaps);
    }

    [Fact]
    public void The_seeded_source_is_uniform_and_repeats_itself()
    {
        var source = new SeededUniformSource(42);
        var again = new SeededUniformSource(42);
        var other = new SeededUniformSource(43);
        var bins = new int[20];
        var differs = false;
        for (var draw = 0; draw < Draws; draw++)
        {
            var value = source.Next();
            Assert.InRange(value, 0, 1 - 1e-17);
            Assert.Equal(value, again.Next());
            differs |= value != other.Next();
            bins[(int)(value * bins.Length)]++;
        }

        var expected = Draws / (double)bins.Length;
        var chiSquare = bins.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.True(differs);
        Assert.InRange(chiSquare, 4, 45); // 19 degrees of freedom: 1e-4 outside on either side
    }

    private static void AssertMarginals(LayerSampling sampling, double[] probabilities, Action<int>? checkCount = null)
    {
        var sampler = LayerSampler.Create(sampling, new SeededUniformSource(11));
        var active = new bool[probabilities.Length];
        var counts = new int[probabilities.Length];
        for (var draw = 0; draw < Draws; draw++)
        {
            sampler.Sample(probabilities, active);
            checkCount?.Invoke(active.Count(each => each));
            for (var arm = 0; arm < active.Length; arm++)
            {
                counts[arm] += active[arm] ? 1 : 0;
            }
        }

        for (var arm = 0; arm < probabilities.Length; arm++)
        {
            var deviation = Math.Sqrt(probabilities[arm] * (1 - probabilities[arm]) / Draws);
            Assert.Equal(probabilities[arm], counts[arm] / (double)Draws, 4.5 * deviation);
        }
    }

    private sealed class FixedDraw(double value) : IUniformSource
    {
        public double Next() => value;
    }
}
