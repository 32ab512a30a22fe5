using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Sparse;

/// <summary>Training through masks, in company with the other methods.</summary>
public sealed class SparseTrainingTests : IDisposable
{
    private const int Width = 12;
    private const int Classes = 3;

    private static readonly SharpnessOptions[] Methods =
    [
        new PlainOptions(),
        new SamOptions { Rho = 0.3 },
        new SlSamOptions { Sparsity = 0.6, Rho = 0.3, Seed = 2 },
        new SlSamOptions { Sparsity = 0.4, Rho = 0.3, Sampling = LayerSampling.Independent, Granularity = ArmGranularity.Parameter },
    ];

    private static readonly UpdateRule[] Rules =
        [UpdateRule.AdamW(0.01, weightDecay: 0.1), UpdateRule.Adam(0.01, weightDecay: 0.1), UpdateRule.Sgd(0.05, momentum: 0.9, weightDecay: 0.01)];

    private readonly DisposeScope _scope = NewDisposeScope();

    public SparseTrainingTests() => manual_seed(1);

    public static TheoryData<int, int> Compositions
    {
        get
        {
            var data = new TheoryData<int, int>();
            for (var method = 0; method < Methods.Length; method++)
            {
                for (var rule = 0; rule < Rules.Length; rule++)
                {
                    data.Add(method, rule);
                }
            }

            return data;
        }
    }

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Compositions))]
    public void Entries_outside_the_mask_keep_their_bits_and_those_inside_are_trained(int method, int rule)
    {
        using var model = new MaskedClassifier(Width, Classes);
        using var optimizer = new TestOptimizer(model, Methods[method] with { Sparse = new SparseOptions { Density = 0.1 } }, Rules[rule]);
        optimizer.Score(ScoreBatches(model));
        var masks = optimizer.Trained.Where(each => each.Mask is not null)
            .ToDictionary(each => each.Parameter, each => each.Mask!.Indices.data<long>().ToHashSet());
        Assert.Equal((long)(0.1 * 2 * Width * Width), optimizer.SparseMasks.Sum(mask => mask.Count));
        Assert.Equal(["first.weight", "second.weight"], optimizer.SparseMasks.Select(mask => mask.Name));

        var before = model.named_parameters().ToDictionary(named => named.name, named => Scoring.Values(named.parameter));
        Train(model, optimizer, steps: 25);
        foreach (var (name, parameter) in model.named_parameters())
        {
            var after = Scoring.Values(parameter);
            var changed = Enumerable.Range(0, after.Length).Where(entry => after[entry] != before[name][entry]).Select(entry => (long)entry).ToHashSet();
            var expected = name.StartsWith("head", StringComparison.Ordinal) ? Enumerable.Range(0, after.Length).Select(entry => (long)entry).ToHashSet()
                : masks.GetValueOrDefault(parameter) ?? [];
            Assert.True(expected.SetEquals(changed), $"{name}: {changed.Count} entries have changed, but should {expected.Count}.");
        }
    }

    [Theory]
    [MemberData(nameof(Compositions))]
    public void With_density_1_it_is_the_dense_optimizer_bit_for_bit(int method, int rule)
    {
        using var dense = new MaskedClassifier(Width, Classes, masked: false);
        using var masked = new MaskedClassifier(Width, Classes);
        masked.load_state_dict(dense.state_dict());
        using var denseOptimizer = new TestOptimizer(dense, Methods[method], Rules[rule]);
        var sparse = new SparseOptions { Metric = SalienceMetric.Magnitude, Density = 1, Remainder = SparseRemainder.Masked };
        var options = Methods[method] with { Sparse = sparse };
        using var maskedOptimizer = new TestOptimizer(masked, options, Rules[rule]);
        for (var step = 0; step < 20; step++)
        {
            using var scope = NewDisposeScope();
            var batch = Batch.Random(6, Width, Classes);
            var expected = denseOptimizer.Step(() => batch.Loss(dense.call(batch.Input)));
            Assert.Equal(expected, maskedOptimizer.Step(() => batch.Loss(masked.call(batch.Input))));
        }

        Assert.Empty(new Snapshot(dense).Differing(masked));
    }

    [Fact]
    public void A_step_without_masks_names_the_remedy_and_changes_nothing()
    {
        using var model = new MaskedClassifier(Width, Classes);
        var before = new Snapshot(model);
        using var optimizer = new TestOptimizer(model, new SamOptions(), UpdateRule.AdamW(0.1));
        var batch = Batch.Random(4, Width, Classes);
        var error = Assert.Throws<InvalidOperationException>(() => optimizer.Step(() => batch.Loss(model.call(batch.Input))));
        Assert.Contains("optimizer.Score(batches)", error.Message);
        Assert.Empty(optimizer.SparseMasks);
        Assert.Empty(before.Changed());

        using var unmasked = new MaskedClassifier(Width, Classes, masked: false);
        using var dense = new TestOptimizer(unmasked, new SamOptions(), UpdateRule.AdamW(0.1));
        Assert.Contains("[SparseDelta]", Assert.Throws<InvalidOperationException>(() => dense.Score(ScoreBatches(unmasked))).Message);
    }

    [Fact]
    public void Scoring_that_fails_leaves_masks_and_optimizer_as_they_were()
    {
        using var model = new MaskedClassifier(Width, Classes);
        using var twin = new MaskedClassifier(Width, Classes);
        twin.load_state_dict(model.state_dict());
        var options = new SamOptions { Rho = 0.2, Sparse = new SparseOptions { Density = 0.1 } };
        using var optimizer = new TestOptimizer(model, options, UpdateRule.AdamW(0.01));
        using var undisturbed = new TestOptimizer(twin, options, UpdateRule.AdamW(0.01));
        var batches = ScoreBatches(model);
        optimizer.Score(batches);
        undisturbed.Score(ScoreBatches(twin, batches.Length));
        for (var step = 0; step < 6; step++)
        {
            var batch = Batch.Random(6, Width, Classes);
            Assert.Throws<TimeoutException>(() => optimizer.Score([batches[0], new ScoreBatch(1, () => throw new TimeoutException())]));
            Assert.Throws<InvalidOperationException>(() => optimizer.Score([new ScoreBatch(6, () => batch.Loss(model.call(batch.Input)) * double.NaN)]));
            Assert.Equal(undisturbed.Step(() => batch.Loss(twin.call(batch.Input))), optimizer.Step(() => batch.Loss(model.call(batch.Input))));
        }
    }

    [Fact]
    public void Dynamic_masks_are_scored_afresh_and_the_update_rule_forgets_its_state()
    {
        using var model = new MaskedClassifier(Width, Classes, headAlwaysActive: false);
        var rescored = 0;
        var sparse = new SparseOptions { Density = 0.05, RescoreEvery = 4 };
        using var optimizer = new TestOptimizer(model, new PlainOptions { Sparse = sparse }, UpdateRule.AdamW(0.05));
        IEnumerable<ScoreBatch> Batches()
        {
            rescored++;
            yield return ScoreBatches(model)[0];
        }

        optimizer.Score(Batches());
        var masks = Masks(optimizer);
        Train(model, optimizer, steps: 4);
        Assert.Equal(1, rescored);
        Assert.Equal(masks, Masks(optimizer));

        // The fifth step begins with new masks: one that is new everywhere, with the same masks and the same weights, takes the same step. The head, which has
        // no mask, keeps its state: its learning rate is 0 here.
        using var fresh = new MaskedClassifier(Width, Classes, headAlwaysActive: false);
        fresh.load_state_dict(model.state_dict());
        var anyMasks = new PlainOptions { Sparse = sparse with { Metric = SalienceMetric.Magnitude } };
        using var freshOptimizer = new TestOptimizer(fresh, anyMasks, UpdateRule.AdamW(0.05));
        optimizer.Group("head").LearningRate = 0;
        freshOptimizer.Group("head").LearningRate = 0;
        var batch = Batch.Random(6, Width, Classes);
        optimizer.Step(() => batch.Loss(model.call(batch.Input)));
        Assert.Equal(2, rescored);
        Assert.NotEqual(masks, Masks(optimizer));
        for (var index = 0; index < optimizer.Trained.Count; index++)
        {
            if (optimizer.Trained[index].Mask is { } mask)
            {
                freshOptimizer.SetMask(freshOptimizer.Trained[index], mask.Indices);
            }
        }

        freshOptimizer.Step(() => batch.Loss(fresh.call(batch.Input)));
        Assert.Empty(new Snapshot(model).Differing(fresh));
    }

    [Fact]
    public void A_choice_of_arms_without_an_entry_in_the_mask_is_a_step_that_does_nothing()
    {
        using var model = new MaskedClassifier(Width, Classes, headAlwaysActive: false);
        using (no_grad())
        {
            model.get_parameter("second.weight")!.mul_(1e-3);
        }

        // All of the largest weights are in the first layer.
        using var optimizer = new TestOptimizer(
            model,
            new SlSamOptions { Sparsity = 0.34, Sparse = new SparseOptions { Metric = SalienceMetric.Magnitude, Count = 5 } },
            UpdateRule.AdamW(0.01));
        Assert.Equal([5L, 0L], optimizer.SparseMasks.Select(mask => mask.Count));
        var outcomes = new HashSet<StepOutcome>();
        for (var step = 0; step < 40; step++)
        {
            var before = new Snapshot(model);
            var batch = Batch.Random(6, Width, Classes);
            var report = optimizer.Step(() => batch.Loss(model.call(batch.Input)));
            outcomes.Add(report.Outcome);
            Assert.Equal(report.Outcome == StepOutcome.Updated, before.Changed().Length > 0);
            Assert.DoesNotContain("second.weight", before.Changed());
        }

        Assert.Equal([StepOutcome.Updated, StepOutcome.NoGradient], outcomes.Order());
    }

    private static long[][] Masks(TestOptimizer optimizer) =>
        [.. optimizer.Trained.Where(each => each.Mask is not null).Select(each => each.Mask!.Indices.data<long>().ToArray())];

    private static void Train(MaskedClassifier model, TestOptimizer optimizer, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            var batch = Batch.Random(6, Width, Classes);
            Assert.Equal(StepOutcome.Updated, optimizer.Step(() => batch.Loss(model.call(batch.Input))).Outcome);
        }
    }

    private static ScoreBatch[] ScoreBatches(MaskedClassifier model, int count = 3)
    {
        var generator = new Random(7);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var input = tensor(Enumerable.Range(0, 8 * Width).Select(_ => (float)(generator.NextDouble() - 0.5)).ToArray()).reshape(8, Width);
            var batch = new Batch(input, tensor(Enumerable.Range(0, 8).Select(_ => (long)generator.Next(Classes)).ToArray()));
            return new ScoreBatch(8, () => batch.Loss(model.call(batch.Input)));
        })];
    }
}
