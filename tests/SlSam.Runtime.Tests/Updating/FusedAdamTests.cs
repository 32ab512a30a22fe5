using SlSam.LibTorch.Tests.Reference;
using SlSam.Runtime.Tests.Models;
using SlSam.Runtime.Tests.MultiTensor;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Updating;

/// <summary>The update by libtorch's fused operators, which also a GPU runs; on the CPU libtorch has them from 2.4.</summary>
public sealed class FusedAdamTests
{
    private static void SkipWithoutOperators() => Skip.IfNot(FusedAdam.RunsOn(CPU), "This libtorch has no fused Adam for the CPU.");

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_does_what_the_other_form_does_whatever_rates_decays_and_step_counts_the_layers_have(bool decoupled)
    {
        SkipWithoutOperators();
        using var scope = NewDisposeScope();
        using var fused = Model();
        using var plain = Model();
        plain.load_state_dict(fused.state_dict());
        using var ours = Optimizer(fused, true);
        using var theirs = Optimizer(plain, false);
        var active = new HashSet<string>();
        for (var step = 0; step < 20; step++)
        {
            var batch = Batch.Random(8, 6, 3, ScalarType.Float64);
            ours.Step(() => batch.Loss(fused.call(batch.Input)));
            theirs.Step(() => batch.Loss(plain.call(batch.Input)));
            active.Add(string.Join(",", ours.Arms.Select(arm => arm.IsActive)));
        }

        Assert.True(active.Count > 2, "Every step updated the same layers, so that their counts of steps are equal.");
        var state = plain.state_dict();
        Assert.All(fused.state_dict(), pair => Assert.True(pair.Value.allclose(state[pair.Key], 1e-11, 1e-13), pair.Key));

        TestOptimizer Optimizer(Mlp model, bool form)
        {
            var rule = decoupled ? UpdateRule.AdamW(0.01, weightDecay: 0.1, fused: form) : UpdateRule.Adam(0.01, weightDecay: 0.1, fused: form);
            var optimizer = new TestOptimizer(model, new SlSamOptions { Sparsity = 0.5, Seed = 3 }, rule);
            optimizer.Groups[1].LearningRate = 0.03;
            optimizer.Groups[2].WeightDecay = 0;
            return optimizer;
        }
    }

    [SkippableTheory]
    [InlineData("AdamW")]
    [InlineData("Adam")]
    public void Its_bits_are_those_of_PyTorchs_fused_form(string name)
    {
        SkipWithoutOperators();
        using var scope = NewDisposeScope();
        using var model = Model();
        manual_seed(4);
        using (no_grad())
        {
            foreach (var parameter in model.parameters())
            {
                parameter.uniform_(-1, 1);
            }
        }

        var rule = name == "AdamW" ? UpdateRule.AdamW(0.01, weightDecay: 0.1, fused: true) : UpdateRule.Adam(0.01, weightDecay: 0.1, fused: true);
        using var optimizer = new TestOptimizer(model, new PlainOptions(), rule with { DecayedTensors = DecayedTensors.All });
        for (var step = 0; step < 10; step++)
        {
            optimizer.Step(() => model.parameters().Select(parameter => (parameter * parameter.sin()).sum()).Aggregate((sum, term) => sum + term));
        }

        PyTorch.AssertSame(
            $$"""
            torch.manual_seed(4)
            shapes = [{{string.Join(", ", model.parameters().Select(parameter => $"[{string.Join(", ", parameter.shape)}]"))}}]
            parameters = [torch.empty(shape, dtype=torch.float64).uniform_(-1, 1).requires_grad_() for shape in shapes]
            optimizer = torch.optim.{{name}}(parameters, lr=0.01, weight_decay=0.1, fused=True)
            for step in range(10):
                optimizer.zero_grad()
                sum((p * p.sin()).sum() for p in parameters).backward()
                optimizer.step()
            for i, p in enumerate(parameters):
                out[str(i)] = p
            """, model.parameters().Select((parameter, i) => ($"{i}", (Tensor)parameter)), tolerance: 0);
    }

    [SkippableFact]
    public void A_gradient_in_another_layout_than_its_weight_is_read_in_the_weights()
    {
        SkipWithoutOperators();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var gradient = randn(4, 5);
        Tensor[] Update(Tensor layout)
        {
            Tensor[] weights = [ones(4, 5)];
            weights[0].grad = layout;
            FusedAdam.Update(new AdamRule(0.1, 0.9, 0.99, 1e-8, 0, true), 0.1, 0, Lists.Of(weights), Lists.Of(zeros(4, 5)), Lists.Of(zeros(4, 5)), Lists.Of(tensor(0f)));
            return weights;
        }

        Assert.True(Snapshot.Same(Update(gradient)[0], Update(gradient.t().contiguous().t())[0]));
    }

    [SkippableFact]
    public void What_the_operators_do_not_take_is_updated_by_the_other_form_to_the_bit()
    {
        SkipWithoutOperators();
        using var scope = NewDisposeScope();
        using var fused = new Layouts();
        using var plain = new Layouts();
        plain.load_state_dict(fused.state_dict());
        using var ours = new TestOptimizer(fused, new PlainOptions(), UpdateRule.AdamW(0.1, fused: true) with { MasterWeights = false });
        using var theirs = new TestOptimizer(plain, new PlainOptions(), UpdateRule.AdamW(0.1) with { MasterWeights = false });
        for (var step = 0; step < 5; step++)
        {
            ours.Step(fused.Loss);
            theirs.Step(plain.Loss);
        }

        Assert.True(Snapshot.Same(plain.Across, fused.Across));
        Assert.True(Snapshot.Same(plain.Half, fused.Half));
        Assert.True(plain.Usual.allclose(fused.Usual, 1e-5));
        Assert.False(fused.Usual.allclose(fused.Across, 1e-3));
    }

    [SkippableFact]
    public void Without_the_operators_to_ask_for_them_is_refused()
    {
        Skip.If(FusedAdam.RunsOn(CPU), "This libtorch has a fused Adam for the CPU.");
        using var model = Model();
        var error = Assert.Throws<ArgumentException>(() => new TestOptimizer(model, new PlainOptions(), UpdateRule.AdamW(fused: true)));
        Assert.Contains("fused is true, but this libtorch has no fused Adam for cpu", error.Message);
    }

    private static Mlp Model() => new(["tanh", "tanh", "none"], 6, 5, 4, 3);

    /// <summary>A weight that the operators take, one that is not contiguous and one in float16.</summary>
    private sealed class Layouts : nn.Module, ISamModel
    {
        public Layouts()
            : base(nameof(Layouts))
        {
            register_parameter("usual", Usual);
            register_parameter("across", Across);
            register_parameter("half", Half);
        }

        public Parameter Usual { get; } = new(randn(4, 5));

        public Parameter Across { get; } = new(randn(5, 4).t());

        public Parameter Half { get; } = new(randn(6).to(ScalarType.Float16));

        public Tensor Loss() => Usual.square().sum() + Across.sin().sum() + Half.to(ScalarType.Float32).exp().sum();

        IReadOnlyList<SamLayer> ISamModel.CreateLayers() => [new SamLayer("all", SamLayerKind.Module, -1, this)];
    }
}
