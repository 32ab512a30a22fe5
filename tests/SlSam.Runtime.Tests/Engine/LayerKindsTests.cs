using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Engine;

/// <summary>Layers that are no arms: frozen ones and those that every step trains.</summary>
public sealed class LayerKindsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public LayerKindsTests() => manual_seed(1);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void A_frozen_layer_is_no_arm_has_no_group_and_gets_its_gradient_requirement_back()
    {
        using var model = Model(frozen: 0);
        var before = new Snapshot(model);
        using (var optimizer = new TestOptimizer(model, new SamOptions { Rho = 0.5 }, UpdateRule.AdamW(0.01)))
        {
            Assert.Equal(["linear1", "linear2"], optimizer.Arms.Select(arm => arm.Name));
            Assert.Equal(["linear1", "linear2"], optimizer.Groups.Select(group => group.Layer.Name));
            Assert.Contains(
                "trains no layer 'linear0'; it trains linear1, linear2.",
                Assert.Throws<ArgumentException>(() => optimizer.Group("linear0")).Message);
            Assert.False(model.Linears[0].weight!.requires_grad);
            var report = Step(optimizer, model);
            Assert.Equal(optimizer.parameters().Sum(parameter => parameter.numel()), report.TotalParameters);
            Assert.Null(model.Linears[0].weight!.grad);
        }

        Assert.DoesNotContain(before.Changed(), name => name.StartsWith("linear0", StringComparison.Ordinal));
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Theory]
    [InlineData(LayerSampling.Independent)]
    [InlineData(LayerSampling.Windowed)]
    public void An_always_active_layer_is_trained_in_every_step_beside_the_arms(LayerSampling sampling)
    {
        using var model = Model(always: 1);
        using var optimizer = new TestOptimizer(
            model, new SlSamOptions { Sparsity = 0.5, Rho = 0.5, Sampling = sampling, Seed = 4 }, UpdateRule.AdamW(0.01));
        Assert.Equal(["linear0", "linear2"], optimizer.Arms.Select(arm => arm.Name));
        Assert.Equal(3, optimizer.Groups.Count);
        for (var step = 0; step < 20; step++)
        {
            using var stepScope = NewDisposeScope();
            var before = new Snapshot(model);
            var report = Step(optimizer, model);
            var active = optimizer.Arms.Where(arm => arm.IsActive).Select(arm => arm.Name).Append("linear1").Order();
            Assert.Equal(active, before.Changed().Select(name => name.Split('.')[0]).Distinct().Order());
            Assert.Equal(optimizer.Arms.Count(arm => arm.IsActive), report.ActiveArms);
            Assert.Equal(active.Sum(name => optimizer.Group(name).Parameters.Sum(parameter => parameter.numel())), report.ActiveParameters);
        }

        Assert.Equal(1.0, optimizer.Arms.Sum(arm => arm.Probability), 1e-9); // half of two arms: the layer that is always active is not counted
    }

    [Fact]
    public void An_always_active_layer_is_perturbed_like_any_other()
    {
        using var model = Model(always: 1);
        using var whole = Model();
        whole.load_state_dict(model.state_dict());
        using var optimizer = new TestOptimizer(model, new SamOptions { Rho = 0.5 }, UpdateRule.Sgd(0.1));
        using var expected = new TestOptimizer(whole, new SamOptions { Rho = 0.5 }, UpdateRule.Sgd(0.1));
        var batch = Batch.Random(8, 5, 3, ScalarType.Float64);
        Assert.Equal(
            expected.Step(() => batch.Loss(whole.call(batch.Input))),
            optimizer.Step(() => batch.Loss(model.call(batch.Input))) with { ActiveArms = 3, PerturbedArms = 3 });
        var state = whole.state_dict();
        Assert.All(model.state_dict(), pair => Assert.True(Snapshot.Same(pair.Value, state[pair.Key]), pair.Key));
    }

    public static TheoryData<SharpnessOptions> AllMethods =>
        new(new SlSamOptions { Rho = 0.5 }, new SamOptions { Rho = 0.5 }, new RandomStepOptions { Rho = 0.5 }, new PlainOptions());

    [Theory]
    [MemberData(nameof(AllMethods))]
    public void A_model_of_nothing_but_always_active_layers_trains(SharpnessOptions options)
    {
        using var model = new Mlp(["tanh"], 5, 6, 3)
        {
            Describe = (index, linear) => new SamLayer($"linear{index}", SamLayerKind.Linear, -1, linear) { AlwaysActive = true },
        };
        using var optimizer = new TestOptimizer(model, options, UpdateRule.AdamW(0.01));
        var before = new Snapshot(model);
        var report = Step(optimizer, model);
        Assert.Equal(StepOutcome.Updated, report.Outcome);
        Assert.Equal((0, report.TotalParameters), (report.ActiveArms, report.ActiveParameters));
        Assert.Equal(4, before.Changed().Length);
    }

    private static Mlp Model(int frozen = -1, int always = -1) => new(["tanh", "relu"], 5, 6, 4, 3)
    {
        Describe = (index, linear) => new SamLayer($"linear{index}", SamLayerKind.Linear, -1, linear)
        {
            Frozen = index == frozen,
            AlwaysActive = index == always,
        },
    };

    private static StepReport Step(TestOptimizer optimizer, Mlp model)
    {
        var batch = Batch.Random(8, 5, 3, ScalarType.Float64);
        return optimizer.Step(() => batch.Loss(model.call(batch.Input)));
    }
}
