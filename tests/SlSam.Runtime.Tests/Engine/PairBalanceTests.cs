using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Engine;

/// <summary>When a pair regularizer is called, and with what.</summary>
public sealed class PairBalanceTests
{
    [Fact]
    public void It_is_called_before_the_update_with_the_pairs_that_the_step_updates_and_their_gradients()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var model = new Mlp(["tanh", "tanh", "tanh"], 5, 4, 6, 4, 3) { Pairs = [(0, 1), (2, 3)] };
        var recorder = new Recorder();
        using var optimizer = new TestOptimizer(
            model,
            new SlSamOptions { Sparsity = 0.7, Rho = 0.5, Sampling = LayerSampling.Independent, Balancedness = new RecorderOptions(recorder) },
            UpdateRule.Sgd(0.1));
        Assert.Equal(["pair0", "pair2"], optimizer.LoraPairs.Select(pair => pair.Name));
        var seen = 0;
        for (var step = 0; step < 20; step++)
        {
            using var stepScope = NewDisposeScope();
            recorder.Calls.Clear();
            recorder.Before = new Snapshot(model);
            var batch = Batch.Random(8, 5, 3, ScalarType.Float64);
            optimizer.Step(() => batch.Loss(model.call(batch.Input)));
            var expected = optimizer.LoraPairs.Select((pair, index) => (pair, index))
                .Where(each => optimizer.Arms[2 * each.index].IsActive && optimizer.Arms[2 * each.index + 1].IsActive)
                .Select(each => each.pair.Name);
            Assert.Equal(expected, recorder.Calls.Select(call => call.Name));
            foreach (var call in recorder.Calls)
            {
                var pair = optimizer.LoraPairs.Single(pair => pair.Name == call.Name);
                Assert.Equal(pair.A.grad!.norm().ToDouble(), call.NormOfA, 1e-12);
                seen++;
            }
        }

        Assert.InRange(seen, 5, 35);
    }

    [Fact]
    public void A_refused_step_does_not_call_it()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var model = new Mlp(["tanh"], 5, 4, 3) { Pairs = [(0, 1)] };
        var recorder = new Recorder();
        using var optimizer = new TestOptimizer(
            model, new SamOptions { Rho = 0.5, Balancedness = new RecorderOptions(recorder) }, UpdateRule.Sgd(0.1));
        var batch = Batch.Random(8, 5, 3, ScalarType.Float64);
        var calls = 0;
        optimizer.Step(() => batch.Loss(model.call(batch.Input)) * (++calls == 2 ? double.NaN : 1));
        Assert.Empty(recorder.Calls);
    }

    private sealed record Call(string Name, double NormOfA);

    private sealed record RecorderOptions(Recorder Recorder) : BalancednessOptions
    {
        internal override PairRegularizer CreateRegularizer() => Recorder;
    }

    private sealed class Recorder : PairRegularizer
    {
        public List<Call> Calls { get; } = [];

        public Snapshot? Before { get; set; }

        public override void Apply(ReadOnlySpan<TrainedPair> pairs)
        {
            Assert.False(is_grad_enabled());
            Assert.Empty(Before!.Changed());
            foreach (var pair in pairs)
            {
                Calls.Add(new Call(pair.Pair.Name, pair.A.GradientNorm));
                Assert.Equal(0.1, pair.A.Group.LearningRate);
            }
        }

        public override void DescribeState(StateDescription state)
        {
        }
    }
}
