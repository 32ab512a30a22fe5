using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Engine;

/// <summary>Steps that must not happen: after each the model is exactly what it was, and the next step works.</summary>
public sealed class BadDayTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly StagedClassifier _model;
    private readonly StagedClassifierSlSam _optimizer;
    private readonly Batch _batch;

    public BadDayTests()
    {
        manual_seed(1);
        _model = new StagedClassifier(blocks: 3, width: 6, classes: 3, normalize: true);
        _optimizer = new StagedClassifierSlSam(_model, new SamOptions { Rho = 0.5 }, UpdateRule.AdamW(0.01));
        _batch = Batch.Random(8, 6, 3);
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _model.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_closure_that_throws_leaves_the_model_as_it_was(int pass)
    {
        var before = new Snapshot(_model);
        var calls = 0;
        Assert.Throws<TimeoutException>(() => _optimizer.Step(() =>
        {
            var loss = _batch.Loss(_model.call(_batch.Input));
            return ++calls == pass ? throw new TimeoutException() : loss;
        }));
        AssertUntouched(before);
    }

    [Theory]
    [InlineData(1, StepOutcome.NonFiniteFirstPass)]
    [InlineData(2, StepOutcome.NonFiniteSecondPass)]
    public void A_loss_that_is_not_finite_is_refused(int pass, StepOutcome outcome)
    {
        var before = new Snapshot(_model);
        var calls = 0;
        var report = _optimizer.Step(() =>
        {
            var loss = _batch.Loss(_model.call(_batch.Input));
            return ++calls == pass ? loss * double.NaN : loss;
        });
        Assert.Equal(outcome, report.Outcome);
        AssertUntouched(before);
    }

    [Theory]
    [InlineData(1, StepOutcome.NonFiniteFirstPass)]
    [InlineData(2, StepOutcome.NonFiniteSecondPass)]
    public void A_gradient_that_is_not_finite_is_refused_though_the_loss_is(int pass, StepOutcome outcome)
    {
        var before = new Snapshot(_model);
        var calls = 0;
        var report = _optimizer.Step(() =>
        {
            var loss = _batch.Loss(_model.call(_batch.Input));
            if (++calls == pass)
            {
                // sqrt has an infinite slope at 0.
                loss = loss + (_model.get_parameter("head.bias")!.sum() * 0).sqrt();
            }

            return loss;
        });
        Assert.True(double.IsFinite(report.Loss));
        Assert.Equal(outcome, report.Outcome);
        AssertUntouched(before);
    }

    [Fact]
    public void A_loss_from_outside_the_closure_is_refused_with_the_reason()
    {
        var before = new Snapshot(_model);
        var error = Assert.Throws<InvalidOperationException>(() => _optimizer.Step(() => _batch.Loss(_model.call(_batch.Input)).detach()));
        Assert.Contains("does not depend on any layer", error.Message);
        AssertUntouched(before);

        before = new Snapshot(_model);
        error = Assert.Throws<InvalidOperationException>(() => _optimizer.Step(() => _model.call(_batch.Input)));
        Assert.Contains("shape [8, 3]", error.Message);
        AssertUntouched(before);
    }

    [Fact]
    public void A_step_under_no_grad_is_refused()
    {
        using var _ = no_grad();
        var error = Assert.Throws<InvalidOperationException>(() => _optimizer.Step(_batch.Input, _batch.Loss));
        Assert.Contains("no_grad", error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_model_that_was_moved_after_the_optimizer_was_built_is_refused_with_the_reason(bool afterAStep)
    {
        using var model = new StagedClassifier(blocks: 1, width: 6, classes: 3);
        using var optimizer = new StagedClassifierSlSam(model, new SamOptions(), UpdateRule.AdamW(0.01));
        if (afterAStep)
        {
            optimizer.Step(_batch.Input, _batch.Loss);
        }

        Replace(model);
        var error = Assert.Throws<InvalidOperationException>(() => optimizer.Step(_batch.Input, _batch.Loss));
        Assert.Contains("layer 'stem' was disposed after the optimizer was built", error.Message);

        static void Replace(StagedClassifier model) => model.to(ScalarType.Float64);
    }

    [Fact]
    public void The_step_without_a_closure_says_what_to_write()
    {
#pragma warning disable SLSAM024 // the very mistake that this test makes
        var error = Assert.Throws<InvalidOperationException>(() => _optimizer.step());
#pragma warning restore SLSAM024
        Assert.Contains("optimizer.Step(() =>", error.Message);
        using var loss = _optimizer.step(() => _batch.Loss(_model.call(_batch.Input)));
        Assert.True(loss.ToDouble() > 0);
    }

    [Fact]
    public void An_active_layer_without_a_gradient_is_neither_moved_nor_learned_from()
    {
        var before = new Snapshot(_model);
        var report = _optimizer.Step(() => _batch.Loss(_model.ForwardFrom(4, _batch.Input)));
        Assert.Equal(StepOutcome.Updated, report.Outcome);
        Assert.Equal(["head.bias", "head.weight"], before.Changed().Order());
        Assert.True(double.IsNaN(_optimizer.Arms[0].GradientNorm));
    }

    [Fact]
    public void A_disposed_optimizer_and_a_model_without_layers_say_so()
    {
        _optimizer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _optimizer.Step(_batch.Input, _batch.Loss));
        foreach (var parameter in _model.parameters())
        {
            parameter.requires_grad = false;
        }

        var error = Assert.Throws<ArgumentException>(() => new StagedClassifierSlSam(_model, new SamOptions(), UpdateRule.AdamW()));
        Assert.Contains("nothing to train", error.Message);
    }

    private void AssertUntouched(Snapshot before)
    {
        Assert.Empty(before.Changed());
        Assert.Equal(StepOutcome.Updated, _optimizer.Step(_batch.Input, _batch.Loss).Outcome);
        Assert.NotEmpty(before.Changed());
    }
}
