namespace SlSam.Runtime.Tests.Models;

/// <summary>Every method, and methods put together of several parts: what holds for a step must hold for each.</summary>
public static class Compositions
{
    private const double Rho = 0.5;

    public static IReadOnlyDictionary<string, SharpnessOptions> All { get; } = new Dictionary<string, SharpnessOptions>
    {
        ["SL-SAM, windowed"] = new SlSamOptions { Sparsity = 0.3, Rho = Rho, Seed = 1 },
        ["SL-SAM, independent"] = new SlSamOptions { Sparsity = 0.3, Rho = Rho, Seed = 2, Sampling = LayerSampling.Independent },
        ["SL-SAM by parameter"] = new SlSamOptions { Sparsity = 0.4, Rho = Rho, Seed = 3, Granularity = ArmGranularity.Parameter },
        ["SL-SAM in a single pass"] = new SlSamOptions { Sparsity = 0.3, Seed = 4, SinglePass = true },
        ["SL-SAM on a part of the batch, norm over all"] = new SlSamOptions
        {
            Sparsity = 0.3,
            Rho = Rho,
            Seed = 5,
            AscentFraction = 0.5,
            Norm = PerturbationNorm.All,
        },
        ["SL-SAM with adaptive radius, element masks and mixed gradients"] = new SlSamOptions
        {
            Sparsity = 0.4,
            Rho = Rho,
            Seed = 6,
            Adaptive = new(),
            ElementMask = new() { Density = 0.3, Interval = 2 },
            PerturbedWeight = 0.7,
        },
        ["uniform, fixed count, every third step"] = new UniformOptions
        {
            Sparsity = 0.4,
            Rho = Rho,
            Seed = 7,
            Sampling = LayerSampling.FixedCount,
            AscentInterval = 3,
        },
        ["SAM"] = new SamOptions { Rho = Rho },
        ["SAM on matrices, gradient-norm penalty on all"] = new SamOptions
        {
            Rho = Rho,
            Perturbable = PerturbableTensors.Matrices,
            PerturbedWeight = 0.4,
            Unperturbed = UnperturbedGradient.Mixed,
        },
        ["ASAM with biases"] = new SamOptions { Rho = Rho, Adaptive = new() { IncludeBiases = true } },
        ["layer-wise SAM, exploring"] = new LayerWiseSamOptions { Count = 2, Rho = Rho, Interval = 3 },
        ["layer-wise SAM, not exploring, all mixed"] = new LayerWiseSamOptions
        {
            Count = 2,
            Rho = Rho,
            Interval = 2,
            Explore = false,
            Unperturbed = UnperturbedGradient.Mixed,
        },
        ["layer-wise SAM on a part of the batch"] = new LayerWiseSamOptions { Count = 2, Rho = Rho, Explore = false, AscentFraction = 0.5 },
        ["RST"] = new RandomStepOptions { Probability = 0.5, Rho = Rho, Seed = 8 },
        ["plain"] = new PlainOptions(),
    };

    public static TheoryData<string> Names => new(All.Keys);
}
