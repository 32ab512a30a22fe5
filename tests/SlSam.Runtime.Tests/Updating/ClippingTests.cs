using SlSam.Runtime.Tests.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Updating;

/// <summary>Clipped gradients, held against the provider's <c>clip_grad_norm_</c> and <c>clip_grad_value_</c>, which are held against PyTorch's.</summary>
public sealed class ClippingTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public ClippingTests() => manual_seed(6);

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(0.3, 2)]
    [InlineData(1.0, 2)]
    [InlineData(0.2, double.PositiveInfinity)]
    [InlineData(0.5, double.PositiveInfinity)]
    public void A_clipped_run_equals_the_providers_optimizer_after_its_own_clipping(double maximum, double norm)
    {
        var byNorm = norm == 2;
        using var ours = new StagedClassifier(blocks: 2, width: 16, classes: 3);
        using var theirs = new StagedClassifier(blocks: 2, width: 16, classes: 3);
        theirs.load_state_dict(ours.state_dict());
        var rule = UpdateRule.Sgd(0.05) with { Clipping = byNorm ? GradientClipping.ByNorm(maximum) : GradientClipping.ByValue(maximum) };
        using var optimizer = new StagedClassifierSlSam(ours, new PlainOptions(), rule);
        using var expected = optim.SGD(theirs.parameters(), 0.05);
        var clipped = new HashSet<bool>();
        for (var step = 0; step < 40; step++)
        {
            using var stepScope = NewDisposeScope();
            var batch = Batch.Random(8, 16, 3);
            batch = batch with { Input = batch.Input * (step % 2 == 0 ? 1 : 0.1) };
            var report = optimizer.Step(batch.Input, batch.Loss);
            theirs.zero_grad();
            batch.Loss(theirs.call(batch.Input)).backward();
            using var before = Gradients(theirs);
            if (byNorm)
            {
                nn.utils.clip_grad_norm_(theirs.parameters(), maximum);
            }
            else
            {
                nn.utils.clip_grad_value_(theirs.parameters(), maximum);
            }

            using var after = Gradients(theirs);
            Assert.Equal(!Snapshot.Same(before, after), report.Clipped);
            Assert.Equal(before.norm().ToDouble(), report.GradientNorm, 1e-5);
            Assert.True(Gradients(ours).allclose(after, 1e-4, 1e-6));
            Assert.Equal(report.Clipped, report.ToString().Contains("clipped", StringComparison.Ordinal));
            clipped.Add(report.Clipped);
            expected.step();
        }

        var state = theirs.state_dict();
        Assert.All(ours.state_dict(), pair => Assert.True(pair.Value.allclose(state[pair.Key], 1e-3, 1e-4), pair.Key));
        Assert.Equal(2, clipped.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Norms_that_are_told_to_others_are_of_what_is_applied(bool byNorm)
    {
        using var model = new StagedClassifier(blocks: 2, width: 12, classes: 3);
        var clipping = byNorm ? GradientClipping.ByNorm(0.2) : GradientClipping.ByValue(0.02);
        using var optimizer = new StagedClassifierSlSam(model, new SamOptions { PerturbedWeight = 0.5 }, UpdateRule.AdamW(0.01) with { Clipping = clipping });
        optimizer.SetMask(optimizer.Trained.First(trained => trained.Count == 144), arange(0, 144, 5, dtype: ScalarType.Int64));
        var batch = Batch.Random(8, 12, 3);
        Assert.True(optimizer.Step(batch.Input, batch.Loss).Clipped);
        Assert.All(optimizer.Trained, trained => Assert.Equal(trained.Value.grad!.norm().ToDouble(), trained.GradientNorm, 1e-6));
        if (byNorm)
        {
            Assert.Equal(0.2, Math.Sqrt(optimizer.Trained.Sum(trained => trained.GradientNorm * trained.GradientNorm)), 1e-5);
        }
    }

    [Fact]
    public void The_bandit_learns_what_it_would_without_clipping()
    {
        using var clipped = new StagedClassifier(blocks: 3, width: 8, classes: 3);
        using var free = new StagedClassifier(blocks: 3, width: 8, classes: 3);
        free.load_state_dict(clipped.state_dict());
        var options = new SlSamOptions { Sparsity = 0.5, BanditLearningRate = 0.1 };
        using var left = new StagedClassifierSlSam(clipped, options, UpdateRule.Sgd(0) with { Clipping = GradientClipping.ByNorm(1e-3) });
        using var right = new StagedClassifierSlSam(free, options, UpdateRule.Sgd(0));
        for (var step = 0; step < 10; step++)
        {
            var batch = Batch.Random(8, 8, 3);
            Assert.True(left.Step(batch.Input, batch.Loss).Clipped);
            right.Step(batch.Input, batch.Loss);
        }

        Assert.Equal(right.Arms.Select(arm => arm.Probability), left.Arms.Select(arm => arm.Probability));
        Assert.Equal(right.Arms.Select(arm => arm.GradientNorm), left.Arms.Select(arm => arm.GradientNorm));
    }

    [Theory]
    [InlineData(true, 1e6, 0)]
    [InlineData(true, 1e-6, 1)]
    [InlineData(false, 1e6, 0)]
    [InlineData(false, 1e-6, 1)]
    public void It_costs_one_native_call_where_something_is_clipped_and_none_where_nothing_is(bool byNorm, double maximum, long calls)
    {
        var clipping = byNorm ? GradientClipping.ByNorm(maximum) : GradientClipping.ByValue(maximum);
        var rule = UpdateRule.AdamW(0.01);
        Assert.Equal(Calls(rule) + calls, Calls(rule with { Clipping = clipping }));

        static long Calls(UpdateRule rule)
        {
            using var model = new StagedClassifier(blocks: 2, width: 6, classes: 3);
            using var optimizer = new StagedClassifierSlSam(model, new SamOptions(), rule);
            var batch = Batch.Random(8, 6, 3);
            optimizer.Step(batch.Input, batch.Loss);
            var before = MultiTensorProgram.Calls;
            optimizer.Step(batch.Input, batch.Loss);
            return MultiTensorProgram.Calls - before;
        }
    }

    [Fact]
    public void A_maximum_that_is_none_is_refused()
    {
        Assert.Contains("maximum is 0, but must be finite and greater than 0", Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.ByNorm(0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.ByValue(double.PositiveInfinity));
    }

    private static Tensor Gradients(nn.Module model) => cat([.. model.parameters().Select(static (Parameter parameter) => parameter.grad!.reshape(-1))]);
}
