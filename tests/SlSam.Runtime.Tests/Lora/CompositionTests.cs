using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Lora;

/// <summary>SL-SAM over adapters with BAR and LoRA+ is one optimizer, and that of a generated model.</summary>
public sealed class CompositionTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly AdaptedClassifier _model;
    private readonly Batch _batch;

    public CompositionTests()
    {
        manual_seed(5);
        _model = new AdaptedClassifier(blocks: 4, width: 8, classes: 3, new LoraOptions { Rank = 2, Alpha = 4 });
        _batch = Batch.Random(16, 8, 3);
    }

    public static TheoryData<BarRule> Rules => new(Enum.GetValues<BarRule>());

    public void Dispose()
    {
        _model.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void It_learns_with_the_adapters_and_the_layer_that_has_none(BarRule rule)
    {
        using var optimizer = Optimizer(rule, learningRate: 1e-2);
        Assert.Equal(["stem", "blocks[0]", "blocks[1]", "blocks[2]", "blocks[3]"], optimizer.LoraPairs.Select(pair => pair.Name));
        var before = new Snapshot(_model);
        var first = optimizer.Step(_batch.Input, _batch.Loss).Loss;
        for (var step = 0; step < 80; step++)
        {
            optimizer.Step(_batch.Input, _batch.Loss);
        }

        Assert.True(optimizer.Step(_batch.Input, _batch.Loss).Loss < 0.6 * first);
        Assert.Equal(
            _model.state_dict().Keys.Where(name => !name.Contains("base_layer")).Order(), before.Changed().Order());
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Without_a_learning_rate_two_passes_and_a_balance_leave_every_bit_as_it_was(BarRule rule)
    {
        using var optimizer = Optimizer(rule, learningRate: 0);
        var before = new Snapshot(_model);
        for (var step = 0; step < 10; step++)
        {
            Assert.Equal(StepOutcome.Updated, optimizer.Step(_batch.Input, _batch.Loss).Outcome);
        }

        Assert.Empty(before.Changed());
    }

    private AdaptedClassifierSlSam Optimizer(BarRule rule, double learningRate) => new(
        _model,
        new SlSamOptions { Sparsity = 0.5, Rho = 0.05, Balancedness = new BarOptions { Rule = rule } },
        UpdateRule.AdamW(learningRate) with { LoraPlusRatio = 4 });
}
