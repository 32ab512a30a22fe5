using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Engine;

/// <summary>A first pass on a part of the batch.</summary>
public sealed class BatchSliceTests : IDisposable
{
    private static readonly SharpnessOptions[] Methods =
    [
        new SamOptions { Rho = 0.5, AscentFraction = 0.5 },
        new SlSamOptions { Sparsity = 0.3, Rho = 0.5, AscentFraction = 0.3, Seed = 3 },
        new LayerWiseSamOptions { Count = 2, Rho = 0.5, AscentFraction = 0.5, Explore = false },
        new SamOptions { Rho = 0.5 },
        new PlainOptions { AscentFraction = 0.5 },
    ];

    private readonly DisposeScope _scope = NewDisposeScope();

    public BatchSliceTests() => manual_seed(5);

    public void Dispose() => _scope.Dispose();

    public static TheoryData<int> MethodIndices => new(Enumerable.Range(0, Methods.Length));

    [Theory]
    [MemberData(nameof(MethodIndices))]
    public void The_staged_step_with_a_target_equals_the_closure_step_with_a_slice_bit_for_bit(int method)
    {
        using var staged = new StagedClassifier(blocks: 5, width: 8, classes: 3);
        using var whole = new StagedClassifier(blocks: 5, width: 8, classes: 3);
        whole.load_state_dict(staged.state_dict());
        using var left = new StagedClassifierSlSam(staged, Methods[method], UpdateRule.AdamW(0.01));
        using var right = new StagedClassifierSlSam(whole, Methods[method], UpdateRule.AdamW(0.01));
        for (var step = 0; step < 10; step++)
        {
            using var stepScope = NewDisposeScope();
            var batch = Batch.Random(9, 8, 3);
            var report = left.Step(batch.Input, batch.Target, (logits, target) => nn.functional.cross_entropy(logits, target));
            var expected = right.Step(slice => nn.functional.cross_entropy(whole.call(slice.Of(batch.Input)), slice.Of(batch.Target)));
            Assert.Equal(report with { FirstActiveStage = 0, FirstPerturbedStage = 0, Cost = expected.Cost }, expected);
        }

        var state = whole.state_dict();
        Assert.All(staged.state_dict(), pair => Assert.True(Snapshot.Same(pair.Value, state[pair.Key]), pair.Key));
    }

    [Fact]
    public void The_first_pass_sees_the_first_rows_and_the_second_all()
    {
        using var model = new StagedClassifier(blocks: 1, width: 8, classes: 3);
        using var optimizer = new StagedClassifierSlSam(model, new SamOptions { Rho = 0.5, AscentFraction = 0.4 }, UpdateRule.AdamW(0.01));
        var batch = Batch.Random(9, 8, 3);
        var part = nn.functional.cross_entropy(model.call(batch.Input[..4]), batch.Target[..4]).ToDouble();
        var rows = new List<long>();
        var report = optimizer.Step(batch.Input, batch.Target, (logits, target) =>
        {
            rows.Add(logits.shape[0]);
            Assert.Equal(logits.shape[0], target.shape[0]);
            return nn.functional.cross_entropy(logits, target);
        });
        Assert.Equal([4L, 9L], rows);
        Assert.Equal(part, report.Loss, 1e-6);
    }

    [Fact]
    public void A_step_that_cannot_cut_the_batch_says_which_can()
    {
        using var model = new StagedClassifier(blocks: 1, width: 8, classes: 3);
        using var optimizer = new StagedClassifierSlSam(model, new SamOptions { AscentFraction = 0.5 }, UpdateRule.AdamW(0.01));
        var batch = Batch.Random(4, 8, 3);
        Assert.Contains("AscentFraction is 0.5", Assert.Throws<InvalidOperationException>(() => optimizer.Step(batch.Input, batch.Loss)).Message);
        Assert.Contains(
            "slice.Of(x)", Assert.Throws<InvalidOperationException>(() => optimizer.Step(() => batch.Loss(model.call(batch.Input)))).Message);
    }

    [Fact]
    public void A_slice_cuts_rows_rounds_up_and_leaves_what_has_no_rows_of_the_batch()
    {
        var slice = new BatchSlice(0.3, rows: 10);
        Assert.Equal([3L, 2L], slice.Of(zeros(10, 2)).shape);
        Assert.Equal([4L, 2L], slice.Of(zeros(4, 2)).shape);
        Assert.Null(slice.Of(null));
        Assert.Equal([1L], new BatchSlice(0.1).Of(zeros(3)).shape);
        Assert.True(default(BatchSlice).IsWhole);
        var tensor = zeros(3);
        Assert.Same(tensor, default(BatchSlice).Of(tensor));
        Assert.Throws<ArgumentException>(() => new BatchSlice(0.5).Of(zeros([])));
        Assert.Contains("[4, 2]", Assert.Throws<InvalidOperationException>(() => slice.OfRows(zeros(4, 2), "the activation")).Message);
    }
}
