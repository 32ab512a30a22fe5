using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Models;

/// <summary>A staged model as users write it, with random numbers and running statistics in the way: its optimizer is generated.</summary>
[SamModel]
public sealed partial class StagedClassifier : nn.Module<Tensor, Tensor>
{
    [SamLayer(Stage = 0)]
    private readonly Linear stem;

    [SamLayer(Stage = 1)]
    private readonly ModuleList<Block> blocks;

    [SamLayer(Stage = 2)]
    private readonly Linear head;

    public StagedClassifier(int blocks, int width, int classes, double dropout = 0, bool normalize = false)
        : base(nameof(StagedClassifier))
    {
        stem = nn.Linear(width, width);
        this.blocks = new ModuleList<Block>(Enumerable.Range(0, blocks).Select(_ => new Block(width, dropout, normalize)).ToArray());
        head = nn.Linear(width, classes);
        RegisterComponents();
    }
}

/// <summary>A residual block.</summary>
public sealed class Block : nn.Module<Tensor, Tensor>
{
    private readonly Linear inner;
    private readonly BatchNorm1d? norm;
    private readonly Dropout drop;

    public Block(int width, double dropout, bool normalize)
        : base(nameof(Block))
    {
        inner = nn.Linear(width, width);
        norm = normalize ? nn.BatchNorm1d(width) : null;
        drop = nn.Dropout(dropout);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var hidden = inner.call(input).tanh();
        if (norm is not null)
        {
            hidden = norm.call(hidden);
        }

        return (input + drop.call(hidden)).MoveToOuterDisposeScope();
    }
}
