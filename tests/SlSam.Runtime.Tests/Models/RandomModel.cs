using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Models;

/// <summary>A staged model put together at random: linears and low-rank pairs, of which some are frozen, always active or masked.</summary>
public sealed class RandomModel : nn.Module<Tensor, Tensor>, ISamModel
{
    public const int Width = 6;
    private readonly ScalarType _dtype;
    private readonly List<SamLayer> _layers = [];
    private readonly List<LoraPair> _pairs = [];
    private readonly List<Func<Tensor, Tensor>> _stages = [];

    /// <param name="seed">Says what the model is made of.</param>
    /// <param name="still">Whether there is neither dropout nor a running statistic in it.</param>
    /// <param name="dtype">The type of its weights.</param>
    public RandomModel(int seed, bool still, ScalarType dtype = ScalarType.Float64)
        : base(nameof(RandomModel))
    {
        _dtype = dtype;
        var random = new Random(seed);
        var stem = Add(random, "stem", nn.Linear(Width, Width, dtype: _dtype));
        _stages.Add(stem.call);
        for (var block = 0; block < 3; block++)
        {
            if (random.Next(2) == 0)
            {
                AddPair(random, $"block{block}");
            }
            else
            {
                AddBlock(random, $"block{block}", still);
            }
        }

        var head = Add(random, "head", nn.Linear(Width, 3, dtype: _dtype));
        var tied = random.Next(3) == 0;
        _stages.Add(input => head.call(tied ? input.matmul(stem.weight!.t()) : input));
        if (random.Next(4) == 0)
        {
            head.bias!.requires_grad = false;
        }
    }

    public int Stages => _stages.Count;

    public override Tensor forward(Tensor input) => Run(0, Stages, input);

    /// <summary>Runs some of the stages.</summary>
    public Tensor Run(int first, int end, Tensor input) => _stages.Take(end).Skip(first).Aggregate(input, (activation, stage) => stage(activation));

    IReadOnlyList<SamLayer> ISamModel.CreateLayers() => _layers;

    IReadOnlyList<LoraPair> ISamModel.CreateLoraPairs() => _pairs;

    private void AddPair(Random random, string name)
    {
        var a = Add(random, $"{name}_a", nn.Linear(Width, 2, hasBias: false, dtype: _dtype));
        var b = Add(random, $"{name}_b", nn.Linear(2, Width, hasBias: false, dtype: _dtype));
        _pairs.Add(new LoraPair(name, a, b));
        _stages.Add(input => input + b.call(a.call(input)));
    }

    private void AddBlock(Random random, string name, bool still)
    {
        nn.Module<Tensor, Tensor> inner = nn.Linear(Width, Width, dtype: _dtype);
        if (!still)
        {
            inner = nn.Sequential(("linear", inner), ("norm", nn.BatchNorm1d(Width, dtype: _dtype)), ("dropout", nn.Dropout(0.2)));
        }

        Add(random, name, inner);
        _stages.Add(input => input + inner.call(input).tanh());
    }

    private TModule Add<TModule>(Random random, string name, TModule module)
        where TModule : nn.Module
    {
        register_module(name, module);
        var kind = random.Next(6);
        _layers.Add(new SamLayer(name, SamLayerKind.Module, _stages.Count, module)
        {
            AlwaysActive = kind == 0,
            Frozen = kind == 1,
            SparseDelta = kind == 2,
        });
        return module;
    }
}

/// <summary>The staged optimizer of a random model.</summary>
public sealed class RandomOptimizer(RandomModel model, SharpnessOptions options, UpdateRule rule) : SharpnessAwareOptimizer(model, options, rule)
{
    public StepReport Step(Tensor input, Tensor target, Func<Tensor, Tensor, Tensor> loss) => Step(
        input.shape[0],
        stage => model.Run(0, stage, input),
        (stage, activation, slice) => loss(model.Run(stage, model.Stages, activation), slice.Of(target)));

    public StepReport Step(IReadOnlyList<Batch> microBatches, Func<Tensor, Tensor, Tensor> loss) => Step(
        microBatches,
        batch => batch.Input.shape[0],
        (batch, stage) => model.Run(0, stage, batch.Input),
        (batch, stage, activation, slice) => loss(model.Run(stage, model.Stages, activation), slice.Of(batch.Target)));
}
