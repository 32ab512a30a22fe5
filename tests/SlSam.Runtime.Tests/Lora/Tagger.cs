using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Lora;

/// <summary>A model as users write it without SlSam: nested, with a list, a sequence and every kind of layer that can be adapted, in float64.</summary>
public sealed class Tagger : nn.Module<Tensor, Tensor>
{
    private readonly Embedding tokens;
    private readonly ModuleList<Mixer> blocks;
    private readonly Sequential head;

    public Tagger(int blocks = 2, double dropout = 0)
        : base(nameof(Tagger))
    {
        tokens = nn.Embedding(11, 6, dtype: ScalarType.Float64);
        this.blocks = new ModuleList<Mixer>(Enumerable.Range(0, blocks).Select(_ => new Mixer()).ToArray());
        head = nn.Sequential(
            ("drop", nn.Dropout(dropout)),
            ("hidden", nn.Linear(6, 6, dtype: ScalarType.Float64)),
            ("tanh", nn.Tanh()),
            ("classifier", nn.Linear(6, 3, dtype: ScalarType.Float64)));
        RegisterComponents();
    }

    public static (Tensor Input, Tensor Target) Batch(int size = 4) =>
        (randint(0, 11, [size, 5]).to(ScalarType.Int64), randint(0, 3, [size]).to(ScalarType.Int64));

    /// <summary>Token ids, of shape [batch, length], to logits, of shape [batch, 3].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var hidden = tokens.call(input);
        foreach (var block in blocks)
        {
            hidden = block.call(hidden);
        }

        return head.call(hidden.mean([1])).MoveToOuterDisposeScope();
    }

    public Tensor Loss(Tensor input, Tensor target) => nn.functional.cross_entropy(call(input), target);
}

/// <summary>A convolution along the sequence and a projection, around a residual.</summary>
public sealed class Mixer : nn.Module<Tensor, Tensor>
{
    private readonly Conv1d conv;
    private readonly Linear query;
    private readonly LayerNorm norm;

    public Mixer()
        : base(nameof(Mixer))
    {
        conv = nn.Conv1d(6, 6, 3, padding: 1, dtype: ScalarType.Float64);
        query = nn.Linear(6, 6, dtype: ScalarType.Float64);
        norm = nn.LayerNorm(6, dtype: ScalarType.Float64);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var mixed = conv.call(input.transpose(1, 2)).transpose(1, 2).tanh();
        return norm.call(input + query.call(mixed)).MoveToOuterDisposeScope();
    }
}
