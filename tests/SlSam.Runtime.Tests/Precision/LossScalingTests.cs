using SlSam.LibTorch.Tests.Reference;
using SlSam.Runtime.Tests.Checkpoints;
using SlSam.Runtime.Tests.Lora;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Precision;

/// <summary>Steps whose losses are multiplied by a scale that adapts.</summary>
public sealed class LossScalingTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public LossScalingTests() => manual_seed(12);

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Compositions.Names), MemberType = typeof(Compositions))]
    public void Nothing_sees_the_scale_norms_radius_mix_bandit_and_update_have_the_same_bits_without_it(string name)
    {
        using var scaled = new StagedClassifier(blocks: 4, width: 8, classes: 3);
        using var plain = new StagedClassifier(blocks: 4, width: 8, classes: 3);
        plain.load_state_dict(scaled.state_dict());
        var options = Compositions.All[name];
        using var ours = new StagedClassifierSlSam(scaled, options with { MixedPrecision = Scaling(new() { GrowthInterval = 4 }) }, UpdateRule.AdamW(0.01));
        using var theirs = new StagedClassifierSlSam(plain, options, UpdateRule.AdamW(0.01));
        for (var step = 0; step < 10; step++)
        {
            using var stepScope = NewDisposeScope();
            var batch = Batch.Random(8, 8, 3);
            var report = ours.Step(batch.Input, batch.Target, (logits, target) => nn.functional.cross_entropy(logits, target));
            var expected = theirs.Step(batch.Input, batch.Target, (logits, target) => nn.functional.cross_entropy(logits, target));
            Assert.Equal(1, expected.LossScale);
            Assert.Equal(65536 << (step / 4), report.LossScale);
            Assert.Equal(expected, report with { LossScale = 1 });
            Assert.All(scaled.parameters().Zip(plain.parameters()), pair => Assert.True(pair.First.grad is null ? pair.Second.grad is null : Snapshot.Same(pair.First.grad, pair.Second.grad!)));
        }

        var state = plain.state_dict();
        Assert.All(scaled.state_dict(), pair => Assert.True(Snapshot.Same(pair.Value, state[pair.Key]), pair.Key));
    }

    [Theory]
    [InlineData(BarRule.Nbar)]
    [InlineData(BarRule.Gbar)]
    public void Nor_do_the_pairs_that_are_kept_in_balance(BarRule rule)
    {
        using var scaled = Product.Toy();
        using var plain = Product.Toy();
        var options = new SamOptions { Rho = 0.1, Balancedness = new BarOptions { Rule = rule, Alpha = 5 } };
        using var ours = new TestOptimizer(scaled, options with { MixedPrecision = Scaling(new()) }, UpdateRule.Sgd(0.01));
        using var theirs = new TestOptimizer(plain, options, UpdateRule.Sgd(0.01));
        for (var step = 0; step < 10; step++)
        {
            ours.Step(scaled.Loss);
            theirs.Step(plain.Loss);
        }

        Assert.True(Snapshot.Same(plain[0], scaled[0]));
        Assert.True(Snapshot.Same(plain[1], scaled[1]));
    }

    [Fact]
    public void Gradients_that_vanish_in_float16_train_as_in_float32_once_they_are_scaled()
    {
        // The gradients, of 1 to 5 times 2^-26, are less than half of float16's smallest number; so are those of the first pass.
        double[] Train(ScalarType type, MixedPrecisionOptions? precision)
        {
            using var model = new Vector(type);
            using var optimizer = new TestOptimizer(model, new SamOptions { Rho = 0.25, MixedPrecision = precision }, UpdateRule.Sgd(1 << 20));
            for (var step = 0; step < 10; step++)
            {
                optimizer.Step(() => (model.Weight * model.Direction).to(ScalarType.Float32).sum() * Math.Pow(2, -26));
            }

            return [.. model.Weight.detach().to(ScalarType.Float64).data<double>()];
        }

        var wide = Train(ScalarType.Float32, null);
        Assert.Equal(-10 * 5 / 64.0, wide[2]);
        Assert.Equal(wide, Train(ScalarType.Float16, Scaling(new())));
        Assert.Equal([0, 0, 0, 0], Train(ScalarType.Float16, null));
    }

    [Fact]
    public void A_scale_that_is_too_large_is_halved_once_for_each_refused_step_until_the_gradients_fit()
    {
        using var model = new Vector(ScalarType.Float16);
        using var wide = new Vector(ScalarType.Float32);
        using var optimizer = new TestOptimizer(model, new SamOptions { Rho = 0.25, MixedPrecision = Scaling(new()) }, UpdateRule.Sgd(1.0 / 16));
        using var expected = new TestOptimizer(wide, new SamOptions { Rho = 0.25 }, UpdateRule.Sgd(1.0 / 16));

        // 5 * 16384 is beyond float16, 5 * 8192 is not.
        StepReport[] reports = [.. Enumerable.Range(0, 5).Select(_ => optimizer.Step(() => (model.Weight * model.Direction).to(ScalarType.Float32).sum()))];
        var plain = Enumerable.Range(0, 2).Select(_ => expected.Step(() => (wide.Weight * wide.Direction).sum())).ToArray();

        Assert.Equal([65536, 32768, 16384, 8192, 8192], reports.Select(report => report.LossScale));
        Assert.Equal([true, true, true, false, false], reports.Select(report => report.ScaleBackedOff));
        Assert.All(reports[..3], report => Assert.Equal(StepOutcome.NonFiniteFirstPass, report.Outcome));
        Assert.Contains("the loss scale 65536 was too large", reports[0].ToString());
        Assert.Equal(plain.Select(report => report.GradientNorm), reports[3..].Select(report => report.GradientNorm));
        Assert.True(Snapshot.Same(wide.Weight.to(ScalarType.Float16), model.Weight));
    }

    [Fact]
    public void A_step_refused_in_its_second_pass_adjusts_the_scale_once_changes_nothing_and_leaves_the_choice()
    {
        using var model = new StagedClassifier(blocks: 5, width: 6, classes: 3);
        var options = new SlSamOptions { Sparsity = 0.3, MixedPrecision = Scaling(new() { GrowthInterval = 2 }) };
        using var optimizer = new StagedClassifierSlSam(model, options, UpdateRule.AdamW(0.01));
        var batch = Batch.Random(8, 6, 3);
        var factors = new Queue<double>([1, 1, 1, double.PositiveInfinity, 1, 1]);
        StepReport Step() => optimizer.Step(() => batch.Loss(model.call(batch.Input)) * factors.Dequeue());
        Assert.Equal((65536, false), (Step().LossScale, false));
        var before = new Snapshot(model);
        var refused = Step();
        var chosen = optimizer.Arms.Select(arm => arm.IsActive).ToArray();
        Assert.Equal((StepOutcome.NonFiniteSecondPass, 65536, true), (refused.Outcome, refused.LossScale, refused.ScaleBackedOff));
        Assert.True(double.IsFinite(refused.Loss));
        Assert.Empty(before.Changed());

        var next = Step();
        Assert.Equal((StepOutcome.Updated, 32768, false), (next.Outcome, next.LossScale, next.ScaleBackedOff));
        Assert.Equal(chosen.Count(active => active), next.ActiveArms);
    }

    [Fact]
    public void A_resumed_run_goes_on_with_the_scale_and_the_count_of_steps_that_were_saved()
    {
        using var files = new CheckpointFiles();
        using var first = new Vector(ScalarType.Float32);
        using var second = new Vector(ScalarType.Float32);
        using var ours = Build(first);
        string? folder = null;
        var scales = new List<double>();
        for (var step = 0; step < 10; step++)
        {
            folder = step == 6 ? files.Save(ours) : folder;
            scales.Add(Step(ours, first, step).LossScale);
        }

        using var resumed = Build(second);
        TrainingCheckpoint.Load(folder!, resumed);
        Assert.Equal(scales[6..], Enumerable.Range(6, 4).Select(step => Step(resumed, second, step).LossScale));
        Assert.Equal([65536, 65536, 32768, 32768, 32768, 65536, 65536, 65536, 131072, 131072], scales);

        TestOptimizer Build(Vector model) => new(model, new SamOptions { MixedPrecision = Scaling(new() { GrowthInterval = 3 }) }, UpdateRule.Sgd(0.1));

        static StepReport Step(TestOptimizer optimizer, Vector model, int step) =>
            optimizer.Step(() => (model.Weight * model.Direction).sum() * (step == 1 ? double.NaN : 1));
    }

    [SkippableFact]
    public void The_scale_goes_through_the_values_of_PyTorchs_GradScaler()
    {
        var random = new Random(5);
        var finite = Enumerable.Range(0, 400).Select(_ => random.Next(12) != 0).ToArray();
        var options = new LossScalingOptions { InitialScale = 1000, GrowthFactor = 1.7, BackoffFactor = 0.3, GrowthInterval = 5 };
        var scaler = new LossScaler(options);
        var ours = finite.Select(good =>
        {
            scaler.Adjust(good ? StepOutcome.Updated : StepOutcome.NonFiniteSecondPass);
            return (double)scaler.Scale;
        }).ToArray();
        var theirs = PyTorch.Run(
            $$"""
            scaler = torch.amp.GradScaler('cpu', 1000, 1.7, 0.3, 5) if hasattr(torch.amp, 'GradScaler') else None
            scales = []
            if scaler is not None:
                p = torch.zeros(1, requires_grad=True)
                sgd = torch.optim.SGD([p], 0.1)
                for finite in [{{string.Join(", ", finite.Select(good => good ? "1.0" : "math.inf"))}}]:
                    sgd.zero_grad()
                    scaler.scale((p * finite).sum()).backward()
                    scaler.step(sgd)
                    scaler.update()
                    scales.append(scaler.get_scale())
            out['scales'] = scales
            """)["scales"].Values;
        Skip.If(theirs.Length == 0, "PyTorch's GradScaler works on a CPU from 2.3 on.");
        Assert.Equal(theirs, ours);
    }

    [Fact]
    public void The_scale_grows_after_as_many_finite_steps_in_a_row_as_asked_for_and_stays_a_positive_float32()
    {
        var scaler = new LossScaler(new() { GrowthInterval = 3 });
        var scales = "++-++++--+++.++".Select(step =>
        {
            scaler.Adjust(step switch { '+' => StepOutcome.Updated, '-' => StepOutcome.NonFiniteFirstPass, _ => StepOutcome.NoGradient });
            return scaler.Scale / 32768;
        });
        Assert.Equal([2, 2, 1, 1, 1, 2, 2, 1, 0.5f, 0.5f, 0.5f, 1, 1, 1, 1], scales);

        foreach (var outcome in new[] { StepOutcome.Updated, StepOutcome.NonFiniteFirstPass })
        {
            var extreme = new LossScaler(new() { GrowthInterval = 1 });
            for (var step = 0; step < 300; step++)
            {
                extreme.Adjust(outcome);
            }

            Assert.True(float.IsNormal(extreme.Scale) && float.IsFinite(1 / extreme.Scale) && Math.Abs(Math.Log2(extreme.Scale)) > 125, $"{extreme.Scale}");
        }
    }

    [Fact]
    public void Float16_weights_without_masters_are_refused_and_so_are_values_out_of_range()
    {
        using var model = new Vector(ScalarType.Float16);
        var rule = UpdateRule.Sgd(0.1) with { MasterWeights = false };
        var error = Assert.Throws<ArgumentException>(() => new TestOptimizer(model, new SamOptions { MixedPrecision = Scaling(new()) }, rule));
        Assert.Contains("layer 'weight' would vanish", error.Message);
        Assert.Contains("InitialScale is 0", Assert.Throws<ArgumentOutOfRangeException>(() => new LossScalingOptions { InitialScale = 0 }).Message);
        Assert.Contains("GrowthFactor is 0.5", Assert.Throws<ArgumentOutOfRangeException>(() => new LossScalingOptions { GrowthFactor = 0.5 }).Message);
        Assert.Contains("BackoffFactor is 2", Assert.Throws<ArgumentOutOfRangeException>(() => new LossScalingOptions { BackoffFactor = 2 }).Message);
        Assert.Contains("GrowthInterval is 0", Assert.Throws<ArgumentOutOfRangeException>(() => new LossScalingOptions { GrowthInterval = 0 }).Message);
    }

    private static MixedPrecisionOptions Scaling(LossScalingOptions scaling) => new() { Type = AutocastType.Off, LossScaling = scaling };
}
