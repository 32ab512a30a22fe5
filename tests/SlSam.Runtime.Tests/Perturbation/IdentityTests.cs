using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Perturbation;

/// <summary>Methods that are the same at the ends of their range: the same weights after some steps, bit for bit.</summary>
public sealed class IdentityTests
{
    private static readonly SamOptions Sam = new() { Rho = 0.5 };
    private static readonly PlainOptions Plain = new();

    private static readonly Dictionary<string, (SharpnessOptions Method, SharpnessOptions Same)> Cases = new()
    {
        ["a mix of weight 1 is SAM"] = (Sam with { PerturbedWeight = 1, Unperturbed = UnperturbedGradient.Mixed }, Sam),
        ["a mix of weight 0 is plain"] = (Sam with { PerturbedWeight = 0 }, Plain),
        ["a radius of 0 is plain"] = (Sam with { Rho = 0 }, Plain),
        ["a radius below rounding is plain"] = (Sam with { Rho = 1e-300 }, Plain),
        ["ASAM with a radius of 0 is plain"] = (Sam with { Rho = 0, Adaptive = new() }, Plain),
        ["a single pass is plain"] = (Sam with { SinglePass = true }, Plain),
        ["a mask of every entry is SAM"] = (Sam with { ElementMask = new() { Density = 1 } }, Sam),
        ["ASAM with a mask of every entry is ASAM"] = (
            Sam with { Adaptive = new(), ElementMask = new() { Density = 1 } }, Sam with { Adaptive = new() }),
        ["the norm of all is that of the active ones in SAM"] = (Sam with { Norm = PerturbationNorm.All }, Sam),
        ["uniform sampling of everything is SAM"] = (new UniformOptions { Sparsity = 1, Rho = 0.5 }, Sam),
        ["a fixed count of everything is SAM"] = (new UniformOptions { Sparsity = 1, Rho = 0.5, Sampling = LayerSampling.FixedCount }, Sam),
        ["SL-SAM with sparsity 1 is SAM"] = (new SlSamOptions { Sparsity = 1, Rho = 0.5 }, Sam),
        ["RST with probability 1 is SAM"] = (new RandomStepOptions { Probability = 1, Rho = 0.5 }, Sam),
        ["RST with probability 0 is plain"] = (new RandomStepOptions { Probability = 0, Rho = 0.5 }, Plain),
        ["layer-wise SAM of every layer and tensor is SAM"] = (
            new LayerWiseSamOptions { Ratio = 1, Rho = 0.5, PerturbedWeight = 1, Perturbable = PerturbableTensors.All, Interval = 2 }, Sam),
        ["layer-wise SAM of every layer is the mix on matrices"] = (
            new LayerWiseSamOptions { Ratio = 1, Rho = 0.5, Explore = false },
            new SamOptions { Rho = 0.5, PerturbedWeight = 0.8, Perturbable = PerturbableTensors.Matrices }),
        ["ASAM with a radius below rounding is plain"] = (Sam with { Rho = 1e-300, Adaptive = new() }, Plain),
        ["layer-wise SAM with a radius below rounding is plain"] = (new LayerWiseSamOptions { Rho = 1e-300, PerturbedWeight = 1, Interval = 2 }, Plain),
        ["layer-wise SAM with a radius of 0 is plain"] = (new LayerWiseSamOptions { Rho = 0, PerturbedWeight = 1, Interval = 2 }, Plain),
    };

    public static TheoryData<string> Names => new(Cases.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Both_train_to_the_same_bits(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(8);
        var (method, same) = Cases[name];
        using var left = new StagedClassifier(blocks: 4, width: 9, classes: 3, normalize: true);
        using var right = new StagedClassifier(blocks: 4, width: 9, classes: 3, normalize: true);
        right.load_state_dict(left.state_dict());
        using var optimizer = new StagedClassifierSlSam(left, method, UpdateRule.AdamW(0.01, weightDecay: 0.1));
        using var expected = new StagedClassifierSlSam(right, same, UpdateRule.AdamW(0.01, weightDecay: 0.1));
        for (var step = 0; step < 6; step++)
        {
            var batch = Batch.Random(8, 9, 3);
            optimizer.Step(batch.Input, batch.Loss);
            expected.Step(batch.Input, batch.Loss);
        }

        var state = right.state_dict();
        Assert.All(left.state_dict(), pair => Assert.True(Snapshot.Same(pair.Value, state[pair.Key]), pair.Key));
    }
}
