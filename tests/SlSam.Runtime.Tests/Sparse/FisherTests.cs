using SlSam.Runtime.Tests.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Sparse;

/// <summary>Squared gradients from whole batches against a loop of batches of one.</summary>
public sealed class FisherTests
{
    private const int Examples = 5;

    [Theory]
    [InlineData(ScalarType.Float64, 1e-9)]
    [InlineData(ScalarType.Float32, 1e-4)]
    public void Every_kind_of_layer_agrees_with_a_loop_over_examples(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = new Reader(tied: false, type);
        var (tokens, classes) = Data();
        var weights = Scoring.Weights(model, dimensions: 1);
        var batch = new ScoreBatch(Examples, () => nn.functional.cross_entropy(model.call(tokens), classes));

        // The mean loss suffices: no weight needs a pass for each example.
        var actual = Scoring.Estimate(model, weights, new SparseOptions { Metric = SalienceMetric.Fisher }, batch, batch);
        Scoring.AssertNear(Loop(model, weights, tokens, classes), actual, tolerance);
    }

    [Fact]
    public void A_weight_that_is_used_in_two_places_or_without_its_module_is_found_out_and_differentiated_for_each_example()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        using var model = new Reader(tied: true, ScalarType.Float64);
        var (tokens, classes) = Data();
        var weights = Scoring.Weights(model);
        var options = new SparseOptions { Metric = SalienceMetric.Fisher };
        var each = new ScoreBatch(Examples, () => nn.functional.cross_entropy(model.call(tokens), classes, reduction: nn.Reduction.None));
        Scoring.AssertNear(Loop(model, weights, tokens, classes), Scoring.Estimate(model, weights, options, each, each), 1e-9);

        var mean = new ScoreBatch(Examples, () => nn.functional.cross_entropy(model.call(tokens), classes));
        var error = Assert.Throws<InvalidOperationException>(() => Scoring.Estimate(model, weights, options, mean));
        Assert.Contains("'tokens.weight' needs one loss for each of the 5 examples", error.Message);
    }

    [Theory]
    [InlineData(150, 150)] // two examples at a time, and one over
    [InlineData(300, 260)] // one at a time
    public void Weights_too_large_for_all_examples_at_once_are_done_in_pieces(int inputs, int outputs)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var model = nn.Linear(inputs, outputs, dtype: ScalarType.Float64);
        var input = randn(Examples, 4, inputs, dtype: ScalarType.Float64);
        var slope = randn(Examples, 4, outputs, dtype: ScalarType.Float64);
        var weights = Scoring.Weights(model);
        var actual = Scoring.Estimate(
            model, weights, new SparseOptions { Metric = SalienceMetric.Fisher }, new ScoreBatch(Examples, () => (model.call(input) * slope).sum() / Examples));
        Scoring.AssertNear([Scoring.Values(slope.transpose(1, 2).matmul(input).square().mean([0]))], actual, 1e-9);
    }

    [Fact]
    public void A_weight_that_a_later_batch_uses_in_another_way_is_found_out_there()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        using var model = nn.Linear(4, 3, dtype: ScalarType.Float64);
        var inputs = new[] { randn(Examples, 4, dtype: ScalarType.Float64), randn(Examples, 4, dtype: ScalarType.Float64) };
        Tensor Losses(int batch, Tensor input) =>
            model.call(input).square().sum(1) + (batch == 0 ? 0 : input.matmul(model.weight!.t()).sum(1));
        var batches = inputs.Select((input, batch) => new ScoreBatch(Examples, () => Losses(batch, input))).ToArray();
        var actual = Scoring.Estimate(model, Scoring.Weights(model), new SparseOptions { Metric = SalienceMetric.Fisher }, batches);

        var expected = zeros_like(model.weight!);
        foreach (var (input, batch) in inputs.Select((input, batch) => (input, batch)))
        {
            for (var example = 0; example < Examples; example++)
            {
                expected = expected + autograd.grad([Losses(batch, input.narrow(0, example, 1)).sum()], [model.weight!])[0].square() / (2 * Examples);
            }
        }

        Scoring.AssertNear([Scoring.Values(expected)], actual, 1e-9);
    }

    [Fact]
    public void The_whole_batch_is_one_forward_pass()
    {
        using var scope = NewDisposeScope();
        using var model = new Mlp(["tanh"], 4, 3, 2);
        var data = Batch.Random(64, 4, 2, ScalarType.Float64);
        var passes = 0;
        var hook = model.Linears[0].register_forward_hook((_, input, _) =>
        {
            Assert.Equal(64, input.shape[0]);
            passes++;
            return null!;
        });
        Scoring.Estimate(
            model, Scoring.Weights(model), new SparseOptions { Metric = SalienceMetric.Fisher }, new ScoreBatch(64, () => data.Loss(model.call(data.Input))));
        hook.remove();
        Assert.Equal(1, passes);
    }

    private static (Tensor Tokens, Tensor Classes) Data() =>
        (randint(0, 7, [Examples, 6]).to(ScalarType.Int64), randint(0, 3, [Examples]).to(ScalarType.Int64));

    private static double[][] Loop(Reader model, MaskedWeight[] weights, Tensor tokens, Tensor classes)
    {
        var sums = weights.Select(weight => new double[weight.Size]).ToArray();
        model.eval();
        for (var example = 0; example < Examples; example++)
        {
            model.zero_grad();
            nn.functional.cross_entropy(model.call(tokens.narrow(0, example, 1)), classes.narrow(0, example, 1)).backward();
            for (var index = 0; index < weights.Length; index++)
            {
                var gradient = Scoring.Values(weights[index].Parameter.grad!);
                for (var entry = 0; entry < gradient.Length; entry++)
                {
                    sums[index][entry] += gradient[entry] * gradient[entry] / Examples;
                }
            }
        }

        return sums;
    }

    /// <summary>A model with layers of every kind, one of them used twice, with a scope of its own and a rectifier that changes its input.</summary>
    private sealed class Reader : nn.Module<Tensor, Tensor>
    {
        private readonly Embedding tokens;
        private readonly Linear mix;
        private readonly LayerNorm norm;
        private readonly Conv1d convolution;
        private readonly Dropout drop;
        private readonly Linear head;
        private readonly bool _tied;

        public Reader(bool tied, ScalarType type)
            : base(nameof(Reader))
        {
            _tied = tied;
            tokens = nn.Embedding(7, 4, dtype: type);
            mix = nn.Linear(4, 4, dtype: type);
            norm = nn.LayerNorm([4], dtype: type);
            convolution = nn.Conv1d(4, 6, 3, padding: 1, groups: 2, dtype: type);
            drop = nn.Dropout(0.5);
            head = nn.Linear(6, 3, dtype: type);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var hidden = tokens.call(input);
            hidden = norm.call(mix.call(mix.call(hidden).relu_()));
            if (_tied)
            {
                hidden = hidden.matmul(tokens.weight!.transpose(0, 1)).matmul(tokens.weight!);
            }

            var pooled = drop.call(convolution.call(hidden.transpose(1, 2))).mean([2]);
            return (_tied ? pooled.matmul(head.weight!.transpose(0, 1)) : head.call(pooled)).MoveToOuterDisposeScope();
        }
    }
}
