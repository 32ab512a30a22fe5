namespace SlSam.Runtime.Tests.Selection;

public sealed class LayerBanditTests
{
    [Fact]
    public void One_update_gives_the_vector_worked_out_by_hand_for_equal_probabilities()
    {
        var bandit = new LayerBandit(10, sparsity: 0.2, learningRate: 0.001);
        bandit.Learn(Norms(10, (0, 1), (4, 2), (7, 3)));

        for (var arm = 0; arm < 10; arm++)
        {
            var expected = arm switch { 0 => 0.082640373, 4 => 0.120241033, _ => 0.224639824 };
            Assert.Equal(expected, bandit.Probabilities[arm], 5e-10);
        }
    }

    [Fact]
    public void One_update_gives_the_vector_worked_out_by_hand_for_norms_of_many_sizes()
    {
        var bandit = new LayerBandit(6, sparsity: 0.5, learningRate: 0.001);
        bandit.Learn(Norms(6, (0, 0.1), (1, 0.5), (3, 2), (5, 8)));

        double[] expected = [0.373142143, 0.373859264, 0.62258454, 0.385244973, 0.62258454, 0.62258454];
        for (var arm = 0; arm < expected.Length; arm++)
        {
            Assert.Equal(expected[arm], bandit.Probabilities[arm], 5e-9);
        }
    }

    [Fact]
    public void A_single_active_arm_leaves_the_probabilities_as_they_are()
    {
        var bandit = new LayerBandit(5, sparsity: 0.3, learningRate: 0.001);
        bandit.Learn(Norms(5, (2, 7)));
        foreach (var probability in bandit.Probabilities)
        {
            Assert.Equal(0.3, probability, 1e-15);
        }
    }

    [Fact]
    public void Constant_norms_drive_the_probabilities_to_proportion()
    {
        double[] norms = [1, 2, 3, 4];
        var bandit = new LayerBandit(4, sparsity: 0.25, learningRate: 0.0005);
        var draws = new SeededUniformSource(3);
        var sampler = LayerSampler.Create(LayerSampling.Independent, draws);
        var active = new bool[4];
        var seen = new double[4];
        var mean = new double[4];
        const int Steps = 60_000;
        for (var step = 0; step < Steps; step++)
        {
            sampler.Sample(bandit.Probabilities, active);
            for (var arm = 0; arm < 4; arm++)
            {
                seen[arm] = active[arm] ? norms[arm] : double.NaN;
                mean[arm] += step < Steps / 2 ? 0 : bandit.Probabilities[arm] / (Steps / 2);
            }

            bandit.Learn(seen);
        }

        for (var arm = 0; arm < 4; arm++)
        {
            Assert.Equal(0.25 * 4 * norms[arm] / norms.Sum(), mean[arm], 0.02);
        }
    }

    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(7, 0.2)]
    [InlineData(40, 0.9)]
    public void Probabilities_stay_in_range_and_keep_their_sum_over_random_norms(int arms, double sparsity)
    {
        var random = new SeededUniformSource(arms);
        var sampler = LayerSampler.Create(LayerSampling.Independent, random);
        var bandit = new LayerBandit(arms, sparsity, learningRate: 0.001);
        var active = new bool[arms];
        var norms = new double[arms];
        for (var step = 0; step < 1000; step++)
        {
            sampler.Sample(bandit.Probabilities, active);
            for (var arm = 0; arm < arms; arm++)
            {
                norms[arm] = active[arm] ? Math.Pow(10, random.Next() * 2 - 1) : double.NaN;
            }

            bandit.Learn(norms);
            var sum = 0.0;
            foreach (var probability in bandit.Probabilities)
            {
                Assert.InRange(probability, 1e-8, 1);
                sum += probability;
            }

            Assert.Equal(sparsity * arms, sum, 1e-6);
        }
    }

    [Fact]
    public void Arguments_out_of_range_are_refused_by_name_and_value()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new LayerBandit(3, sparsity: 1.5, learningRate: 0.001));
        Assert.Contains("sparsity is 1.5, but must be greater than 0 and at most 1", error.Message);
        Assert.Throws<ArgumentException>(() => new LayerBandit(3, 0.5, 0.001).Learn([1, 2]));
    }

    private static double[] Norms(int arms, params (int Arm, double Norm)[] active)
    {
        var norms = new double[arms];
        Array.Fill(norms, double.NaN);
        foreach (var (arm, norm) in active)
        {
            norms[arm] = norm;
        }

        return norms;
    }
}
