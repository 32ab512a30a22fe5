using SlSam.Runtime.Tests.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Engine;

/// <summary>A weight that the first stage holds and the last one uses again.</summary>
public sealed class TiedWeightTests
{
    [Theory]
    [InlineData(1.0, UnperturbedGradient.SecondPass)]
    [InlineData(0.7, UnperturbedGradient.SecondPass)]
    [InlineData(0.7, UnperturbedGradient.Mixed)]
    public void Stages_change_nothing_about_its_gradient(double perturbedWeight, UnperturbedGradient unperturbed)
    {
        using var scope = NewDisposeScope();
        manual_seed(4);

        // At first the last layer alone is perturbed, so that a staged first pass begins after the first stage.
        var options = new LayerWiseSamOptions { Count = 1, Explore = false, Rho = 0.5, PerturbedWeight = perturbedWeight, Unperturbed = unperturbed };
        using var staged = new TiedClassifier(6);
        using var whole = new TiedClassifier(6);
        whole.load_state_dict(staged.state_dict());
        using var left = new TiedClassifierSlSam(staged, options, UpdateRule.Sgd(0.1));
        using var right = new TiedClassifierSlSam(whole, options, UpdateRule.Sgd(0.1));
        var batch = Batch.Random(8, 6, 6, ScalarType.Float64);

        left.Step(batch.Input, batch.Target, (logits, target) => nn.functional.cross_entropy(logits, target));
        right.Step(() => batch.Loss(whole.call(batch.Input)));

        var state = whole.state_dict();
        Assert.All(staged.state_dict(), pair => Assert.True(pair.Value.allclose(state[pair.Key], 1e-12, 1e-14), pair.Key));
    }
}

/// <summary>A classifier whose last stage has no weight of its own.</summary>
[SamModel]
public sealed partial class TiedClassifier : nn.Module<Tensor, Tensor>
{
    [SamLayer(Stage = 0)]
    private readonly Linear stem;

    [SamLayer(Stage = 1)]
    private readonly Linear middle;

    public TiedClassifier(int width)
        : base(nameof(TiedClassifier))
    {
        stem = nn.Linear(width, width, dtype: ScalarType.Float64);
        middle = nn.Linear(width, width, dtype: ScalarType.Float64);
        RegisterComponents();
    }

    [SamStage(2)]
    private Tensor Logits(Tensor hidden) => hidden.tanh().matmul(stem.weight!.t());
}
