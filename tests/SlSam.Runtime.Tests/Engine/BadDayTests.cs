using SlSam.Runtime.Tests.Models;
using SlSam.Runtime.Tests.Soak;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Engine;

/// <summary>Steps that must not happen: after each everything is exactly what it was, and the next step works.</summary>
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
        var before = new StateFingerprint(_optimizer);
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
        var before = new StateFingerprint(_optimizer);
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
        var before = new StateFingerprint(_optimizer);
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
        var before = new StateFingerprint(_optimizer);
        var error = Assert.Throws<InvalidOperationException>(() => _optimizer.Step(() => _batch.Loss(_model.call(_batch.Input)).detach()));
        Assert.Contains("does not depend on any layer", error.Message);
        AssertUntouched(before);

        before = new StateFingerprint(_optimizer);
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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void A_closure_that_throws_for_any_micro_batch_of_either_pass_leaves_the_model_as_it_was(int call)
    {
        var before = new StateFingerprint(_optimizer);
        var calls = 0;
        Assert.Throws<TimeoutException>(() => _optimizer.Step(Thirds(), (logits, target) =>
        {
            var loss = nn.functional.cross_entropy(logits, target);
            return ++calls == call ? throw new TimeoutException() : loss;
        }));
        Assert.Equal(call, calls);
        AssertUntouched(before);
    }

    [Fact]
    public void Data_that_are_not_numbers_leave_the_running_statistics_as_they_were()
    {
        var before = new StateFingerprint(_optimizer);
        var bad = _batch with { Input = _batch.Input * double.NaN };
        Assert.Equal(StepOutcome.NonFiniteFirstPass, _optimizer.Step(bad.Input, bad.Loss).Outcome);
        AssertUntouched(before);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void A_cancelled_step_calls_the_closure_no_more_and_leaves_the_model_as_it_was(int call)
    {
        using var cancellation = new CancellationTokenSource();
        _optimizer.CancellationToken = cancellation.Token;
        var before = new StateFingerprint(_optimizer);
        var calls = 0;
        var error = Assert.Throws<OperationCanceledException>(() => _optimizer.Step(Thirds(), (logits, target) =>
        {
            if (++calls == call)
            {
                cancellation.Cancel();
            }

            return nn.functional.cross_entropy(logits, target);
        }));
        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.Equal(call, calls);
        Assert.Throws<OperationCanceledException>(() => _optimizer.Step(_batch.Input, _ => throw new TimeoutException()));
        _optimizer.CancellationToken = default;
        AssertUntouched(before);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_optimizer_that_is_disposed_in_a_closure_takes_the_step_back_first(int call)
    {
        var before = new Snapshot(_model);
        var calls = 0;
        var error = Assert.Throws<ObjectDisposedException>(() => _optimizer.Step(_batch.Input, logits =>
        {
            if (++calls == call)
            {
                _optimizer.Dispose();
            }

            return _batch.Loss(logits);
        }));
        Assert.Contains("disposed in the middle of a step", error.Message);
        Assert.Empty(before.Changed());
        Assert.All(_model.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.grad is null));
        Assert.Throws<ObjectDisposedException>(() => _optimizer.Step(_batch.Input, _batch.Loss));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_model_that_is_disposed_in_a_closure_ends_the_step_with_the_reason(int call)
    {
        var calls = 0;
        var error = Assert.Throws<InvalidOperationException>(() => _optimizer.Step(_batch.Input, logits =>
        {
            var loss = _batch.Loss(logits);
            if (++calls == call)
            {
                _model.Dispose();
            }

            return loss;
        }));
        Assert.Contains("was disposed", error.Message);
        _optimizer.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Of_a_model_that_is_disposed_in_part_the_rest_is_as_it_was(int call)
    {
        var weights = _model.named_parameters().ToDictionary(named => named.name, named => named.parameter.detach().clone());
        var calls = 0;
        Assert.Throws<InvalidOperationException>(() => _optimizer.Step(_batch.Input, logits =>
        {
            var loss = _batch.Loss(logits);
            if (++calls == call)
            {
                _model.get_parameter("blocks.1.inner.weight")!.Dispose();
                _model.get_buffer("blocks.0.norm.running_mean")!.Dispose();
            }

            return loss;
        }));
        var rest = _model.named_parameters().Where(named => !named.parameter.IsInvalid).ToArray();
        Assert.Equal(weights.Count - 1, rest.Length);
        Assert.All(rest, named => Assert.True(Snapshot.Same(named.parameter, weights[named.name]), named.name));
        Assert.All(rest, named => Assert.Null(named.parameter.grad));
        Assert.Equal(0, _model.get_buffer("blocks.1.norm.num_batches_tracked")!.ToInt64());
    }

    [Fact]
    public void Nothing_else_is_begun_within_a_step()
    {
        var before = new StateFingerprint(_optimizer);
        foreach (var begin in new Action[]
        {
            () => _optimizer.Step(_batch.Input, _batch.Loss),
            () => _optimizer.Score([]),
            () => _optimizer.CreateSparseDelta(),
            () => TrainingCheckpoint.Save("never", _optimizer, step: 0),
        })
        {
            var error = Assert.Throws<InvalidOperationException>(() => _optimizer.Step(_batch.Input, logits =>
            {
                begin();
                return _batch.Loss(logits);
            }));
            Assert.Contains("StagedClassifierSlSam is in the middle of a step", error.Message);
        }

        AssertUntouched(before);
    }

    [Fact]
    public void A_step_goes_on_where_its_closure_bears_the_refusal_and_drops_gradients()
    {
        using var other = new StagedClassifier(blocks: 3, width: 6, classes: 3, normalize: true);
        other.load_state_dict(_model.state_dict());
        using var calm = new StagedClassifierSlSam(other, new SamOptions { Rho = 0.5 }, UpdateRule.AdamW(0.01));
        var report = _optimizer.Step(Thirds(), (logits, target) =>
        {
            _optimizer.zero_grad();
            Assert.Throws<InvalidOperationException>(() => _optimizer.Step(_batch.Input, _batch.Loss));
            return nn.functional.cross_entropy(logits, target);
        });
        Assert.Equal(calm.Step(Thirds(), (logits, target) => nn.functional.cross_entropy(logits, target)), report);
        Assert.Empty(new Snapshot(_model).Differing(other));
    }

    public static TheoryData<string, string> WrongLosses => new()
    {
        { "null", "returned null" },
        { "disposed", "a tensor that is disposed already" },
        { "integer", "of type Int64" },
        { "complex", "of type ComplexFloat32" },
        { "elsewhere", "on the device meta; it must return the loss, a tensor with one element, of a floating-point type, on the model's device (cpu)" },
    };

    [Theory]
    [MemberData(nameof(WrongLosses))]
    public void What_is_no_loss_is_refused_with_what_it_is(string what, string message)
    {
        var before = new StateFingerprint(_optimizer);
        var error = Assert.Throws<InvalidOperationException>(() => _optimizer.Step(_batch.Input, logits =>
        {
            var loss = _batch.Loss(logits);
            switch (what)
            {
                case "null":
                    return null!;
                case "disposed":
                    loss.Dispose();
                    return loss;
                case "integer":
                    return loss.to(ScalarType.Int64);
                case "complex":
                    return loss.to(ScalarType.ComplexFloat32);
                default:
                    return loss.to(DeviceType.META);
            }
        }));
        Assert.Contains(message, error.Message);
        AssertUntouched(before);
    }

    [Fact]
    public void A_selector_that_chooses_nothing_is_told_so()
    {
        using var model = new Mlp(["tanh"], 5, 6, 3);
        using var optimizer = new TestOptimizer(model, new NothingOptions(), UpdateRule.AdamW(0.01));
        var before = new Snapshot(model);
        var error = Assert.Throws<InvalidOperationException>(() => optimizer.Step(() => throw new TimeoutException()));
        Assert.Contains("NothingSelector.Select chose no arm", error.Message);
        Assert.Empty(before.Changed());
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void A_model_that_was_frozen_after_the_optimizer_was_built_is_left_as_it_is()
    {
        foreach (var parameter in _model.parameters())
        {
            parameter.requires_grad = false;
        }

        var before = new StateFingerprint(_optimizer);
        var error = Assert.Throws<InvalidOperationException>(() => _optimizer.Step(_batch.Input, _batch.Loss));
        Assert.Contains("does not depend on any layer", error.Message);
        Assert.Empty(before.ChangedByRefusedStep(new StateFingerprint(_optimizer), spends: false));
    }

    [Fact]
    public void A_model_in_evaluation_mode_is_trained_with_statistics_that_stand_still()
    {
        _model.eval();
        var buffers = _model.named_buffers().ToDictionary(named => named.name, named => named.buffer.clone());
        Assert.Equal(StepOutcome.Updated, _optimizer.Step(_batch.Input, _batch.Loss).Outcome);
        Assert.All(_model.named_buffers(), named => Assert.True(Snapshot.Same(named.buffer, buffers[named.name]), named.name));
        Assert.False(_model.training);
    }

    private (Tensor Input, Tensor Target)[] Thirds() =>
        [.. new[] { (0, 3), (3, 6), (6, 8) }.Select(part => (_batch.Input[part.Item1..part.Item2], _batch.Target[part.Item1..part.Item2]))];

    private void AssertUntouched(StateFingerprint before)
    {
        Assert.Empty(before.ChangedByRefusedStep(new StateFingerprint(_optimizer), spends: false));
        Assert.All(_model.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.Equal(StepOutcome.Updated, _optimizer.Step(_batch.Input, _batch.Loss).Outcome);
        Assert.Contains("head.weight", before.Differing(new StateFingerprint(_optimizer)));
    }

    private sealed record NothingOptions : SharpnessOptions
    {
        public override LayerSelector CreateSelector(IReadOnlyList<Arm> arms) => new NothingSelector();
    }

    private sealed class NothingSelector : LayerSelector
    {
        public override bool Select(Span<ArmRole> roles) => true;
    }
}
