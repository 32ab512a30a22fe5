namespace SlSam;

/// <summary>
/// The settings of the papers, by family of models. They repeat the published experiments: one arm for each tensor, drawn independently. For less time a
/// step, take <c>Options with { Granularity = ArmGranularity.Layer, Sampling = LayerSampling.Windowed }</c>.
/// </summary>
public static class Presets
{
    /// <summary>SL-SAM on vision transformers (DeiT-S on CIFAR).</summary>
    public static Preset SlSamVisionTransformer { get; } = new()
    {
        Name = "sl-sam-vit",
        Source = "SL-SAM, arXiv 2602.09395, released code: DeiT-S on CIFAR",
        Options = SlSam(),
        LearningRate = 1e-4,
        WeightDecay = 5e-5,
        BatchSize = 128,
        Decay = LearningRateDecay.Cosine,
    };

    /// <summary>SL-SAM on RoBERTa (GLUE).</summary>
    public static Preset SlSamRoberta { get; } = new()
    {
        Name = "sl-sam-roberta",
        Source = "SL-SAM, arXiv 2602.09395, released code: RoBERTa on GLUE",
        Options = SlSam(),
        LearningRate = 1e-5,
        WeightDecay = 0.01,
        BatchSize = 16,
        Decay = LearningRateDecay.Linear,
    };

    /// <summary>SL-SAM on Llama (Llama-3.2-3B in bfloat16); the source gives no weight decay and no schedule.</summary>
    public static Preset SlSamLlama { get; } = new()
    {
        Name = "sl-sam-llama",
        Source = "SL-SAM, arXiv 2602.09395, released code: Llama-3.2-3B in bfloat16; weight decay and schedule are not given there",
        Options = SlSam(),
        LearningRate = 1e-5,
        WeightDecay = 0,
        BatchSize = 2,
        Decay = LearningRateDecay.Constant,
    };

    /// <summary>All presets.</summary>
    public static IReadOnlyList<Preset> All { get; } = [SlSamVisionTransformer, SlSamRoberta, SlSamLlama];

    private static SlSamOptions SlSam() => new()
    {
        Rho = 0.01,
        Sparsity = 0.2,
        Sampling = LayerSampling.Independent,
        Granularity = ArmGranularity.Parameter,
    };
}
