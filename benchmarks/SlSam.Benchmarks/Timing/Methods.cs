using SlSam.Benchmarks.Model;

namespace SlSam.Benchmarks.Timing;

/// <summary>The options of the methods that are measured.</summary>
internal static class Methods
{
    /// <summary>The sparsity of SL-SAM's paper.</summary>
    public const double Sparsity = 0.2;

    /// <summary>SL-SAM with windowed draws. The bandit learns nothing, so that every layer keeps the probability s and all draws can be enumerated.</summary>
    public static SlSamOptions Windowed(double sparsity = Sparsity) => new() { Sparsity = sparsity, BanditLearningRate = 0 };

    /// <summary>Layer-wise SAM on a sixth of the blocks, those nearest to the output, and the classifier: 2 blocks of 12. It never chooses again.</summary>
    public static LayerWiseSamOptions LayerWise(EncoderShape shape) => new() { Count = LayerWiseBlocks(shape) + 1, Explore = false, Interval = int.MaxValue };

    /// <summary>How many blocks <see cref="LayerWise"/> perturbs.</summary>
    public static int LayerWiseBlocks(EncoderShape shape) => Math.Max(1, shape.Blocks / 6);

    /// <summary>LoRA with the settings of BAR's paper.</summary>
    public static LoraOptions Lora { get; } = new() { Rank = 8, Alpha = 16 };

    /// <summary>AdamW on LoRA's factors, which are kept in balance.</summary>
    public static PlainOptions Balanced(BarRule rule) => new() { Balancedness = new BarOptions { Rule = rule } };
}
