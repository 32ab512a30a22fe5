using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Engine;

/// <summary>What a step may change and what it must not, over random models and batches.</summary>
public sealed class StepTests
{
    [Theory]
    [MemberData(nameof(Compositions.Names), MemberType = typeof(Compositions))]
    public void With_a_learning_rate_of_0_every_weight_comes_back_bit_for_bit(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        using var model = new StagedClassifier(blocks: 5, width: 12, classes: 4);
        using var optimizer = new StagedClassifierSlSam(model, Compositions.All[name], UpdateRule.AdamW(0, weightDecay: 0.1));
        var before = new Snapshot(model);
        for (var step = 0; step < 20; step++)
        {
            var batch = Batch.Random(8, 12, 4);
            Assert.Equal(StepOutcome.Updated, optimizer.Step(batch.Input, batch.Target, Loss).Outcome);
            Assert.Empty(before.Changed());
        }
    }

    [Theory]
    [MemberData(nameof(Compositions.Names), MemberType = typeof(Compositions))]
    public void A_step_changes_its_active_arms_and_nothing_else(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        using var model = new StagedClassifier(blocks: 6, width: 10, classes: 3);
        using var optimizer = new StagedClassifierSlSam(model, Compositions.All[name], UpdateRule.AdamW(0.01, weightDecay: 0.1));
        for (var step = 0; step < 20; step++)
        {
            using var stepScope = NewDisposeScope();
            var batch = Batch.Random(8, 10, 3);
            var before = new Snapshot(model);
            var report = optimizer.Step(batch.Input, batch.Target, Loss);
            var active = optimizer.Arms.Where(arm => arm.IsActive).ToArray();
            var expected = model.named_parameters().Where(named => active.Any(arm => arm.Parameters.Contains(named.parameter))).Select(named => named.name);
            Assert.Equal(expected.Order(), before.Changed().Order());
            Assert.Equal(active.Length, report.ActiveArms);
            Assert.Equal(active.Sum(arm => arm.ParameterCount), report.ActiveParameters);
            Assert.All(optimizer.Arms, arm => Assert.All(arm.Parameters, parameter => Assert.Equal(arm.IsActive, parameter.requires_grad)));
        }
    }

    [Theory]
    [MemberData(nameof(Compositions.Names), MemberType = typeof(Compositions))]
    public void The_staged_step_equals_the_closure_step_bit_for_bit(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        using var staged = new StagedClassifier(blocks: 5, width: 12, classes: 4);
        using var whole = new StagedClassifier(blocks: 5, width: 12, classes: 4);
        whole.load_state_dict(staged.state_dict());
        using var stagedOptimizer = new StagedClassifierSlSam(staged, Compositions.All[name], UpdateRule.AdamW(0.01));
        using var wholeOptimizer = new StagedClassifierSlSam(whole, Compositions.All[name], UpdateRule.AdamW(0.01));
        var skipped = 0;
        for (var step = 0; step < 20; step++)
        {
            using var stepScope = NewDisposeScope();
            var batch = Batch.Random(8, 12, 4);
            var left = stagedOptimizer.Step(batch.Input, batch.Target, Loss);
            var right = wholeOptimizer.Step(slice => Loss(whole.call(slice.Of(batch.Input)), slice.Of(batch.Target)));
            Assert.Equal(left with { FirstActiveStage = 0, FirstPerturbedStage = 0, Cost = right.Cost }, right);
            skipped += left.FirstPerturbedStage;
        }

        var state = whole.state_dict();
        Assert.All(staged.state_dict(), pair => Assert.True(Snapshot.Same(pair.Value, state[pair.Key]), pair.Key));
        Assert.Equal(Compositions.All[name] is SlSamOptions or UniformOptions or LayerWiseSamOptions { Explore: false, Unperturbed: UnperturbedGradient.SecondPass }, skipped > 0);
    }

    [Fact]
    public void The_second_pass_sees_the_weights_moved_by_rho_along_the_gradient()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var model = new Mlp(["tanh"], 5, 6, 2);
        using var optimizer = new TestOptimizer(model, new SamOptions { Rho = 0.3 }, UpdateRule.Sgd(0.1));
        var batch = Batch.Random(7, 5, 2, ScalarType.Float64);
        var before = model.parameters().Select(parameter => parameter.detach().clone().reshape(-1)).ToArray();
        batch.Loss(model.call(batch.Input)).backward();
        var gradient = cat(model.parameters().Select(parameter => parameter.grad!.reshape(-1)).ToArray());

        var passes = new List<Tensor>();
        optimizer.Step(() =>
        {
            passes.Add(cat(model.parameters().Select(parameter => parameter.detach().clone().reshape(-1)).ToArray()).DetachFromDisposeScope());
            return batch.Loss(model.call(batch.Input));
        });

        Assert.Equal(2, passes.Count);
        var start = cat(before);
        var expected = start + 0.3 * gradient / gradient.norm();
        Assert.True(Snapshot.Same(passes[0], start));
        Assert.True(passes[1].allclose(expected, 0, 1e-11));
    }

    [Fact]
    public void Both_passes_draw_the_same_dropout_masks()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        using var model = new StagedClassifier(blocks: 3, width: 32, classes: 3, dropout: 0.5);
        using var optimizer = new StagedClassifierSlSam(model, new SamOptions { Rho = 1e-300 }, UpdateRule.Sgd(0.1));
        var batch = Batch.Random(8, 32, 3);
        var losses = new List<double>();
        for (var step = 0; step < 4; step++)
        {
            var report = optimizer.Step(batch.Input, batch.Loss);
            Assert.Equal(report.Loss, report.PerturbedLoss);
            losses.Add(report.Loss);
        }

        Assert.Equal(losses.Count, losses.Distinct().Count());
    }

    [Fact]
    public void Running_statistics_move_once_a_step()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var model = new StagedClassifier(blocks: 2, width: 6, classes: 3, normalize: true);
        using var plain = new StagedClassifier(blocks: 2, width: 6, classes: 3, normalize: true);
        plain.load_state_dict(model.state_dict());
        using var optimizer = new StagedClassifierSlSam(model, new SamOptions { Rho = 0.5 }, UpdateRule.Sgd(0));
        for (var step = 0; step < 3; step++)
        {
            var batch = Batch.Random(8, 6, 3);
            optimizer.Step(batch.Input, batch.Loss);
            plain.call(batch.Input);
        }

        var expected = plain.state_dict();
        Assert.All(model.state_dict(), pair => Assert.True(Snapshot.Same(pair.Value, expected[pair.Key]), pair.Key));
    }

    [Fact]
    public void Frozen_parameters_belong_to_no_arm_and_never_move()
    {
        using var scope = NewDisposeScope();
        manual_seed(6);
        using var model = new StagedClassifier(blocks: 2, width: 6, classes: 3);
        model.get_parameter("stem.weight")!.requires_grad = false;
        model.get_parameter("stem.bias")!.requires_grad = false;
        var before = new Snapshot(model);
        using (var optimizer = new StagedClassifierSlSam(model, new SamOptions(), UpdateRule.AdamW(0.01)))
        {
            Assert.Equal(["blocks[0]", "blocks[1]", "head"], optimizer.Arms.Select(arm => arm.Name));
            var batch = Batch.Random(8, 6, 3);
            optimizer.Step(batch.Input, batch.Loss);
        }

        Assert.DoesNotContain(before.Changed(), name => name.StartsWith("stem", StringComparison.Ordinal));
        Assert.False(model.get_parameter("stem.weight")!.requires_grad);
    }

    [Fact]
    public void Disposing_gives_every_parameter_its_gradient_requirement_back()
    {
        using var model = new StagedClassifier(blocks: 4, width: 6, classes: 3);
        using (var optimizer = new StagedClassifierSlSam(model, new SlSamOptions { Sparsity = 0.2 }, UpdateRule.AdamW(0.01)))
        {
            var batch = Batch.Random(8, 6, 3);
            optimizer.Step(batch.Input, batch.Loss);
            Assert.Contains(model.parameters(), parameter => !parameter.requires_grad);
        }

        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void Training_reduces_the_loss_and_the_bandit_prefers_layers_with_large_gradients()
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        using var model = new StagedClassifier(blocks: 4, width: 16, classes: 3);
        using var optimizer = new StagedClassifierSlSam(
            model, new SlSamOptions { Sparsity = 0.4, Rho = 0.05, BanditLearningRate = 0.02 }, UpdateRule.AdamW(0.01));
        var batch = Batch.Random(32, 16, 3);
        var first = optimizer.Step(batch.Input, batch.Loss).Loss;
        for (var step = 0; step < 150; step++)
        {
            optimizer.Step(batch.Input, batch.Loss);
        }

        Assert.True(optimizer.Step(batch.Input, batch.Loss).Loss < 0.1 * first);
        Assert.True(optimizer.Arms.Max(arm => arm.Probability) > 0.4);
        Assert.Equal(0.4 * optimizer.Arms.Count, optimizer.Arms.Sum(arm => arm.Probability), 1e-6);
    }

    [Fact]
    public void A_selector_that_takes_everything_out_of_the_perturbation_trains_plainly()
    {
        using var scope = NewDisposeScope();
        manual_seed(12);
        using var model = new Mlp(["tanh"], 5, 6, 3);
        using var same = new Mlp(["tanh"], 5, 6, 3);
        same.load_state_dict(model.state_dict());
        using var optimizer = new TestOptimizer(model, new NarrowingOptions(ArmRole.Updated), UpdateRule.AdamW(0.01));
        using var plain = new TestOptimizer(same, new PlainOptions(), UpdateRule.AdamW(0.01));
        var batch = Batch.Random(8, 5, 3, ScalarType.Float64);
        optimizer.Step(() => batch.Loss(model.call(batch.Input)));
        plain.Step(() => batch.Loss(same.call(batch.Input)));
        var state = same.state_dict();
        Assert.All(model.state_dict(), pair => Assert.True(Snapshot.Same(pair.Value, state[pair.Key]), pair.Key));

        using var wrong = new TestOptimizer(same, new NarrowingOptions(ArmRole.Inactive), UpdateRule.AdamW(0.01));
        var before = new Snapshot(same);
        Assert.Contains("Narrow made arm 0 Inactive", Assert.Throws<InvalidOperationException>(
            () => wrong.Step(() => batch.Loss(same.call(batch.Input)))).Message);
        Assert.Empty(before.Changed());
    }

    [Fact]
    public void The_element_masks_of_a_refused_step_are_forgotten()
    {
        using var scope = NewDisposeScope();
        using var model = new Mlp(["tanh"], 5, 6, 3);
        var selector = new NarrowingSelector(ArmRole.Perturbed);
        using var optimizer = new TestOptimizer(model, new NarrowingOptions(selector) { ElementMask = new() }, UpdateRule.AdamW(0.01));
        var batch = Batch.Random(8, 5, 3, ScalarType.Float64);
        var pass = 0;
        optimizer.Step(() => batch.Loss(model.call(batch.Input)) * (++pass == 2 ? double.NaN : 1));
        foreach (var to in new[] { ArmRole.Updated, ArmRole.Perturbed })
        {
            selector.To = to;
            Assert.Equal(StepOutcome.Updated, optimizer.Step(() => batch.Loss(model.call(batch.Input))).Outcome);
        }
    }

    private sealed record NarrowingOptions(NarrowingSelector Selector) : SharpnessOptions
    {
        public NarrowingOptions(ArmRole to)
            : this(new NarrowingSelector(to))
        {
        }

        public override LayerSelector CreateSelector(IReadOnlyList<Arm> arms) => Selector;
    }

    private sealed class NarrowingSelector(ArmRole to) : LayerSelector
    {
        public ArmRole To { get; set; } = to;

        public override bool Select(Span<ArmRole> roles)
        {
            roles.Fill(ArmRole.Perturbed);
            return true;
        }

        public override void Narrow(ReadOnlySpan<double> norms, Span<ArmRole> roles) => roles.Fill(To);
    }

    private static Tensor Loss(Tensor logits, Tensor target) => nn.functional.cross_entropy(logits, target);
}
