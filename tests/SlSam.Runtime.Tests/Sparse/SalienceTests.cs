using System.Globalization;
using SlSam.LibTorch.Tests.Reference;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Sparse;

/// <summary>Every metric against its definition, computed elsewhere; scoring leaves the model as it was.</summary>
public sealed class SalienceTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Mlp _model;
    private readonly Batch[] _data;

    public SalienceTests()
    {
        manual_seed(4);
        _model = new Mlp(["tanh", "relu"], 5, 6, 9, 3);

        // Batches of different sizes: the mean is over examples, not over batches.
        _data = [Batch.Random(3, 5, 3, ScalarType.Float64), Batch.Random(7, 5, 3, ScalarType.Float64)];
    }

    public void Dispose()
    {
        _model.Dispose();
        _scope.Dispose();
    }

    [SkippableTheory]
    [InlineData(SalienceMetric.Magnitude, "w.abs()")]
    [InlineData(SalienceMetric.Gradient, "g.abs()")]
    [InlineData(SalienceMetric.Snip, "(w * g).abs()")]
    [InlineData(SalienceMetric.Force, "-w * g")]
    [InlineData(SalienceMetric.TaylorFO, "(w * g) ** 2")]
    [InlineData(SalienceMetric.Fisher, "f")]
    [InlineData(SalienceMetric.Grasp, "-hg * w")]
    public void A_metric_is_its_definition_in_PyTorch(SalienceMetric metric, string definition)
    {
        var before = new Snapshot(_model);
        var weights = Scoring.Weights(_model);
        var actual = Scoring.Estimate(_model, weights, new SparseOptions { Metric = metric }, Batches());
        Assert.Empty(before.Changed());
        Scoring.AssertNear(InPyTorch(definition), actual, 1e-9);
    }

    [SkippableFact]
    public void The_released_code_has_Grasp_with_the_other_sign()
    {
        var options = new SparseOptions { Metric = SalienceMetric.Grasp, GraspSign = GraspSign.Released };
        Scoring.AssertNear(InPyTorch("hg * w"), Scoring.Estimate(_model, Scoring.Weights(_model), options, Batches()), 1e-9);
    }

    [Fact]
    public void Both_ways_to_the_Hessian_product_agree()
    {
        var before = new Snapshot(_model);
        var options = new SparseOptions { Metric = SalienceMetric.Grasp };
        var exact = Scoring.Estimate(_model, Scoring.Weights(_model), options, Batches());
        var differences = Scoring.Estimate(
            _model, Scoring.Weights(_model), options with { HessianProduct = HessianProduct.FiniteDifferences }, Batches());
        Scoring.AssertNear(exact, differences, 1e-6);
        Assert.Empty(before.Changed());
    }

    [Fact]
    public void Synaptic_flow_is_the_slope_of_the_linear_networks_output()
    {
        using var model = nn.Sequential(
            ("a", nn.Linear(4, 5, dtype: ScalarType.Float64)), ("gelu", nn.GELU()), ("norm", nn.LayerNorm([5], dtype: ScalarType.Float64)),
            ("drop", nn.Dropout(0.5)), ("b", nn.Linear(5, 3, dtype: ScalarType.Float64)), ("tanh", nn.Tanh()));
        using (no_grad())
        {
            model.get_parameter("a.bias")!.fill_(-0.0);
        }

        var before = new Snapshot(model);
        var weights = Scoring.Weights(model);
        var actual = Scoring.Estimate(
            model, weights, new SparseOptions { Metric = SalienceMetric.SynFlow }, new ScoreBatch(1, () => model.call(ones(1, 4, dtype: ScalarType.Float64))));
        Assert.Empty(before.Changed());
        Assert.True(model.get_parameter("a.bias")!.signbit().all().item<bool>());
        Assert.True(model.training);

        // The same network by hand; its output is linear in each single weight, so that a difference is its slope.
        var state = model.state_dict().ToDictionary(pair => pair.Key, pair => Scoring.Values(pair.Value.abs()));
        double Output()
        {
            var hidden = Affine(state["a.weight"], state["a.bias"], [1, 1, 1, 1]);
            hidden = [.. hidden.Select((value, index) => value * state["norm.weight"][index] + state["norm.bias"][index])];
            return Affine(state["b.weight"], state["b.bias"], hidden).Sum();
        }

        var expected = weights.Select(weight =>
        {
            var values = state[weight.Name];
            return values.Select((value, index) =>
            {
                var start = Output();
                values[index] = value + 1;
                var slope = Output() - start;
                values[index] = value;
                return value * slope;
            }).ToArray();
        }).ToArray();
        Scoring.AssertNear(expected, actual, 1e-9);
    }

    [Fact]
    public void A_weight_that_is_not_contiguous_is_scored_in_the_order_of_its_entries()
    {
        using var model = nn.Linear(4, 3, hasBias: false);
        model.weight = new TorchSharp.Modules.Parameter(arange(12, dtype: ScalarType.Float64).reshape(4, 3).t());
        var batch = new ScoreBatch(1, () => model.weight.square().sum());
        var scores = Scoring.Estimate(model, Scoring.Weights(model), new SparseOptions(), batch);
        Assert.Equal([0, 6, 12, 18, 2, 8, 14, 20, 4, 10, 16, 22], scores[0]);
    }

    [Fact]
    public void Random_salience_needs_no_data_and_is_the_same_for_the_same_seed()
    {
        var weights = Scoring.Weights(_model);
        var stateBefore = Scoring.Values(get_rng_state());
        var options = new SparseOptions { Metric = SalienceMetric.Random, Seed = 5 };
        var first = Scoring.Estimate(_model, weights, options);
        Assert.Equal(first, Scoring.Estimate(_model, weights, options));
        Assert.NotEqual(first, Scoring.Estimate(_model, weights, options with { Seed = 6 }));
        Assert.Equal(stateBefore, Scoring.Values(get_rng_state()));
    }

    [Fact]
    public void Scoring_stops_at_the_examples_asked_for_and_reports_every_batch()
    {
        var reports = new List<ScoreProgress>();
        var served = 0;
        IEnumerable<ScoreBatch> Endless()
        {
            while (true)
            {
                served++;
                yield return Score(_data[0]);
            }
        }

        using var salience = SalienceEstimator.Estimate(
            _model, Scoring.Weights(_model), new SparseOptions { Metric = SalienceMetric.Grasp, Examples = 8 }, Endless(), 0, new Recorder(reports));
        Assert.Equal(6, served);
        Assert.Equal([3L, 6L, 9L, 3L, 6L, 9L], reports.Select(report => report.Examples));
        Assert.Equal(new ScoreProgress(2, 2, 9, 8), reports[^1]);
    }

    [Fact]
    public void A_batch_that_cannot_be_scored_leaves_the_model_as_it_was_and_says_why()
    {
        _model.train();
        _model.Linears[0].weight!.requires_grad = false;
        var before = new Snapshot(_model);
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        foreach (var metric in new[] { SalienceMetric.Fisher, SalienceMetric.SynFlow, SalienceMetric.Gradient })
        {
            var error = Assert.Throws<InvalidOperationException>(() => Scoring.Estimate(
                _model, Scoring.Weights(_model), new SparseOptions { Metric = metric }, new ScoreBatch(3, () => _model.call(_data[0].Input).detach())));
            Assert.Contains("does not depend on any masked weight", error.Message);
        }

        var shape = Assert.Throws<InvalidOperationException>(() => Scoring.Estimate(
            _model, Scoring.Weights(_model), new SparseOptions(), new ScoreBatch(3, () => _model.call(_data[0].Input))));
        Assert.Contains("shape [3, 3]", shape.Message);
        Assert.Contains("no score batches", Assert.Throws<InvalidOperationException>(
            () => Scoring.Estimate(_model, Scoring.Weights(_model), new SparseOptions())).Message);

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Empty(before.Changed());
        Assert.True(_model.training && _model.Linears[0].training);
        Assert.False(_model.Linears[0].weight!.requires_grad);
    }

    private static double[] Affine(double[] weight, double[] bias, double[] input) =>
        [.. bias.Select((shift, row) => shift + input.Select((value, column) => value * weight[row * input.Length + column]).Sum())];

    private ScoreBatch Score(Batch batch) => new(batch.Input.shape[0], () => batch.Loss(_model.call(batch.Input)));

    private ScoreBatch[] Batches() => [.. _data.Select(Score)];

    private double[][] InPyTorch(string definition)
    {
        static string Text(Tensor tensor) =>
            $"torch.tensor([{string.Join(',', Scoring.Values(tensor).Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}], "
            + $"dtype=torch.float64).reshape({string.Join(',', tensor.shape)})";
        var script = $$"""
            ws = [{{string.Join(", ", _model.Linears.Select(linear => Text(linear.weight!)))}}]
            bs = [{{string.Join(", ", _model.Linears.Select(linear => Text(linear.bias!)))}}]
            x = torch.cat([{{string.Join(", ", _data.Select(batch => Text(batch.Input)))}}])
            y = torch.cat([{{string.Join(", ", _data.Select(batch => Text(batch.Target)))}}]).long()
            def loss(x, y, *ws):
                h = torch.tanh(F.linear(x, ws[0], bs[0]))
                h = torch.relu(F.linear(h, ws[1], bs[1]))
                return F.cross_entropy(F.linear(h, ws[2], bs[2]), y)
            ws = [w.requires_grad_() for w in ws]
            gs = torch.autograd.grad(loss(x, y, *ws), ws)
            fs = [torch.zeros_like(w) for w in ws]
            for i in range(len(x)):
                for f, gi in zip(fs, torch.autograd.grad(loss(x[i:i+1], y[i:i+1], *ws), ws)):
                    f += gi ** 2 / len(x)
            hgs = torch.autograd.functional.hvp(lambda *v: loss(x, y, *v), tuple(ws), tuple(gs))[1]
            for i, (w, g, f, hg) in enumerate(zip(ws, gs, fs, hgs)):
                out[str(i)] = {{definition}}
            """;
        var values = PyTorch.Run(script);
        return [.. Enumerable.Range(0, values.Count).Select(index => values[index.ToString(CultureInfo.InvariantCulture)].Values)];
    }

    private sealed class Recorder(List<ScoreProgress> reports) : IProgress<ScoreProgress>
    {
        public void Report(ScoreProgress value) => reports.Add(value);
    }
}
