using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Models;

/// <summary>Options and update rules put together at random, and the optimizer of a random model that is ready for its first step.</summary>
public static class RandomCompositions
{
    /// <summary>Builds and scores; null where the options ask for what the model has not, and the model is as it was.</summary>
    public static RandomOptimizer? Build(RandomModel model, SharpnessOptions options, UpdateRule rule)
    {
        RandomOptimizer optimizer;
        try
        {
            optimizer = new RandomOptimizer(model, options, rule);
        }
        catch (ArgumentException error) when (error.Message.Contains("low-rank pair", StringComparison.Ordinal))
        {
            return null;
        }

        if (((ISamModel)model).CreateLayers().Any(layer => layer.SparseDelta) && optimizer.Trained.Any(trained => trained.Group.Layer.SparseDelta))
        {
            using var scope = NewDisposeScope();
            var input = linspace(-1, 1, 4 * RandomModel.Width, dtype: ScalarType.Float64).to(model.parameters().First().dtype).reshape(4, RandomModel.Width).DetachFromDisposeScope();
            optimizer.Score([new ScoreBatch(4, () => model.call(input).square().mean())]);
            input.Dispose();
        }

        return optimizer;
    }

    public static SharpnessOptions Options(Random random)
    {
        bool Chance() => random.Next(3) == 0;
        var sampling = (LayerSampling)random.Next(3);
        var singlePass = random.Next(10) == 0;
        SharpnessOptions options = random.Next(6) switch
        {
            0 => new SlSamOptions { Sparsity = 0.4, Sampling = sampling },
            1 => new UniformOptions { Sparsity = 0.4, Sampling = sampling },
            2 => new LayerWiseSamOptions { Count = random.Next(1, 3), Interval = random.Next(1, 4), Explore = Chance() },
            3 => new RandomStepOptions(),
            4 => new SamOptions(),
            _ => new SlSamOptions { Sparsity = 0.2, BanditLearningRate = 0.1, Sampling = sampling },
        };
        return options with
        {
            Seed = random.Next(),
            Rho = Chance() ? 0 : 0.3,
            Adaptive = !singlePass && Chance() ? new() { IncludeBiases = Chance() } : null,
            ElementMask = !singlePass && Chance() ? new() { Density = 0.3, Interval = random.Next(1, 4) } : null,
            Norm = (PerturbationNorm)random.Next(2),
            Perturbable = (PerturbableTensors)random.Next(2),
            PerturbedWeight = random.Next(4) switch { 0 => 0.7, 1 => 0.01, 2 => Chance() ? 0 : 1, _ => 1 },
            Unperturbed = (UnperturbedGradient)random.Next(2),
            AscentInterval = Chance() ? 2 : 1,
            AscentFraction = Chance() ? 0.5 : 1,
            SinglePass = singlePass,
            Granularity = (ArmGranularity)random.Next(2),
            Balancedness = Chance() ? new BarOptions { Rule = (BarRule)random.Next(3) } : null,
            Sparse = new()
            {
                Metric = Chance() ? SalienceMetric.Random : SalienceMetric.Gradient,
                Density = 0.3,
                Scope = (SparseScope)random.Next(3),
                Remainder = (SparseRemainder)random.Next(3),
            },
        };
    }

    public static UpdateRule Rule(Random random, out bool moves)
    {
        moves = random.Next(4) != 0;
        var learningRate = moves ? 0.01 : 0;
        var rule = random.Next(4) switch
        {
            0 => UpdateRule.AdamW(learningRate),
            1 => UpdateRule.Adam(learningRate, weightDecay: 0.1),
            2 => UpdateRule.Sgd(learningRate, weightDecay: 0.1),
            _ => UpdateRule.Sgd(learningRate, momentum: 0.9, nesterov: true),
        };
        rule = rule with { LoraPlusRatio = random.Next(2) == 0 ? 4 : 1 };
        return rule with { Clipping = random.Next(4) switch { 0 => GradientClipping.ByNorm(0.3), 1 => GradientClipping.ByValue(0.05), _ => null } };
    }
}
