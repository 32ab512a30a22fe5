using SlSam.Runtime.Tests.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Sparse;

/// <summary>Masks on a staged model whose optimizer is generated.</summary>
public sealed class GeneratedModelTests
{
    [Theory]
    [InlineData(SparseScope.Global)]
    [InlineData(SparseScope.Local)]
    [InlineData(SparseScope.Layer)]
    public void Masked_blocks_and_a_whole_head_learn(SparseScope scope)
    {
        using var disposeScope = NewDisposeScope();
        manual_seed(8);
        using var model = new SparseClassifier(blocks: 4, width: 16, classes: 3);
        var sparse = new SparseOptions { Metric = SalienceMetric.Fisher, Density = 0.1, Scope = scope };
        using var optimizer = new SparseClassifierSlSam(model, new SlSamOptions { Sparsity = 0.5, Sparse = sparse }, UpdateRule.AdamW(0.02));
        var batch = Batch.Random(32, 16, 3);
        optimizer.Score([new ScoreBatch(32, () => batch.Loss(model.call(batch.Input)))]);
        var before = new Snapshot(model);
        var first = optimizer.Step(batch.Input, batch.Loss);
        var last = first;
        for (var step = 0; step < 150; step++)
        {
            last = optimizer.Step(batch.Input, batch.Loss);
        }

        Assert.True(last.Loss < 0.5 * first.Loss, $"The loss went from {first.Loss} to {last.Loss}.");
        Assert.Equal(
            ["blocks.0.inner.weight", "blocks.1.inner.weight", "blocks.2.inner.weight", "blocks.3.inner.weight"],
            before.Changed().Where(name => name.StartsWith("blocks", StringComparison.Ordinal)).Order());
        using var delta = optimizer.CreateSparseDelta();
        Assert.Equal(optimizer.SparseMasks.Sum(mask => mask.Count), delta.Count);
        Assert.InRange(delta.Count, (long)(0.1 * 4 * 256) - 4, (long)(0.1 * 4 * 256));
    }
}

/// <summary>A staged model with masked blocks.</summary>
[SamModel]
public sealed partial class SparseClassifier : nn.Module<Tensor, Tensor>
{
    [SamLayer(Stage = 0, Frozen = true)]
    private readonly Linear stem;

    [SamLayer(Stage = 1)]
    [SparseDelta]
    private readonly ModuleList<Block> blocks;

    [SamLayer(Stage = 2, AlwaysActive = true)]
    private readonly Linear head;

    public SparseClassifier(int blocks, int width, int classes)
        : base(nameof(SparseClassifier))
    {
        stem = nn.Linear(width, width);
        this.blocks = new ModuleList<Block>(Enumerable.Range(0, blocks).Select(_ => new Block(width, dropout: 0.1, normalize: false)).ToArray());
        head = nn.Linear(width, classes);
        RegisterComponents();
    }
}
