using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Engine;

/// <summary>Steps on micro-batches, held against the same steps on the joint batch.</summary>
public sealed class MicroBatchTests : IDisposable
{
    private static readonly Func<Tensor, Tensor, Tensor> s_loss = (logits, target) => nn.functional.cross_entropy(logits, target);
    private readonly DisposeScope _scope = NewDisposeScope();

    public MicroBatchTests() => manual_seed(21);

    public void Dispose() => _scope.Dispose();

    public static TheoryData<int> Seeds => new(Enumerable.Range(0, 80));

    [Theory]
    [MemberData(nameof(Compositions.Names), MemberType = typeof(Compositions))]
    public void Every_method_takes_the_step_of_the_joint_batch(string name) =>
        AssertSameRun(seed: 4, Compositions.All[name], UpdateRule.AdamW(0.01) with { Clipping = GradientClipping.ByNorm(0.5) });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void So_do_methods_options_masks_pairs_and_rules_put_together_at_random(int seed)
    {
        var random = new Random(seed);
        var options = RandomCompositions.Options(random);
        AssertSameRun(seed, options, RandomCompositions.Rule(random, out _));
    }

    [Fact]
    public void The_generated_step_takes_what_the_model_takes_and_the_target()
    {
        using var model = new StagedClassifier(blocks: 3, width: 6, classes: 3);
        using var whole = new StagedClassifier(blocks: 3, width: 6, classes: 3);
        whole.load_state_dict(model.state_dict());
        using var left = new StagedClassifierSlSam(model, new SlSamOptions { Sparsity = 0.4, AscentFraction = 0.5 }, UpdateRule.Sgd(0.1));
        using var right = new StagedClassifierSlSam(whole, new SlSamOptions { Sparsity = 0.4, AscentFraction = 0.5 }, UpdateRule.Sgd(0.1));
        for (var step = 0; step < 10; step++)
        {
            var batch = Batch.Random(7, 6, 3);
            var report = left.Step([(batch.Input[..2], batch.Target[..2]), (batch.Input[2..], batch.Target[2..])], s_loss);
            Assert.Equal(right.Step(batch.Input, batch.Target, s_loss).Loss, report.Loss, 1e-5);
        }

        var state = whole.state_dict();
        Assert.All(model.state_dict(), pair => Assert.True(pair.Value.allclose(state[pair.Key], 1e-4, 1e-5), pair.Key));
    }

    [Fact]
    public void The_first_pass_sees_the_first_rows_of_the_joint_batch()
    {
        using var model = new StagedClassifier(blocks: 1, width: 8, classes: 3);
        using var optimizer = new StagedClassifierSlSam(model, new SamOptions { AscentFraction = 0.5 }, UpdateRule.AdamW(0.01));
        var batches = new[] { 4, 3, 2 }.Select(size => Batch.Random(size, 8, 3)).ToArray();
        var rows = new List<long>();
        Tensor Loss(Tensor logits, Tensor target)
        {
            rows.Add(logits.shape[0]);
            Assert.Equal(logits.shape[0], target.shape[0]);
            return s_loss(logits, target);
        }

        optimizer.Step([.. batches.Select(batch => (batch.Input, batch.Target))], Loss);
        Assert.Equal([4L, 1L, 4L, 3L, 2L], rows);

        rows.Clear();
        optimizer.Step(batches, (batch, slice) => Loss(model.call(slice.Of(batch.Input)), slice.Of(batch.Target)), batch => batch.Input.shape[0]);
        Assert.Equal([4L, 1L, 4L, 3L, 2L], rows);
    }

    [Fact]
    public void Micro_batches_without_sizes_have_equal_shares()
    {
        using var model = new Vector(ScalarType.Float64);
        using var optimizer = new TestOptimizer(model, new PlainOptions(), UpdateRule.Sgd(1));
        var report = optimizer.Step([1.0, 2.0, 6.0], factor => model.Weight.sum() * factor + factor);
        Assert.Equal(3, report.Loss, 1e-12);
        Assert.Equal([-3.0, -3.0, -3.0, -3.0], model.Weight.data<double>().Select(value => Math.Round(value, 12)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Both_passes_draw_the_same_random_numbers_for_each_micro_batch(bool prefixIsTrained)
    {
        using var model = new StagedClassifier(blocks: 3, width: 32, classes: 3, dropout: 0.5);
        SharpnessOptions options = prefixIsTrained
            ? new LayerWiseSamOptions { Count = 1, Rho = 1e-300, Explore = false }
            : new SlSamOptions { Sparsity = 0.3, Rho = 1e-300 };
        using var optimizer = new StagedClassifierSlSam(model, options, UpdateRule.Sgd(0.1));
        var losses = new HashSet<double>();
        for (var step = 0; step < 6; step++)
        {
            var batches = new[] { 5, 8, 3 }.Select(size => Batch.Random(size, 32, 3)).Select(batch => (batch.Input, batch.Target)).ToArray();
            var report = optimizer.Step(batches, s_loss);
            Assert.Equal(report.Loss, report.PerturbedLoss);
            Assert.True(losses.Add(report.Loss));
        }
    }

    [Fact]
    public void Stages_before_the_first_perturbed_one_keep_no_graph_between_the_passes()
    {
        using var model = new StagedClassifier(blocks: 2, width: 6, classes: 3);
        using var optimizer = new PrefixOptimizer(model, new LayerWiseSamOptions { Count = 1, Explore = false }, UpdateRule.Sgd(0.1));
        var once = optimizer.Step([Batch.Random(8, 6, 3)]).Cost;
        Assert.Equal(["0 with a graph"], optimizer.Prefixes);

        optimizer.Prefixes.Clear();
        var twice = optimizer.Step([.. Enumerable.Range(0, 3).Select(_ => Batch.Random(8, 6, 3))]).Cost;
        Assert.Equal(["0", "1", "2", "0 with a graph", "1 with a graph", "2 with a graph"], optimizer.Prefixes);

        // The stem and both blocks of 36 weights, and a head of 18.
        Assert.Equal(once + 108 / (3 * 126.0), twice, 1e-9);
    }

    [Fact]
    public void Micro_batches_without_examples_are_refused()
    {
        using var model = new Vector(ScalarType.Float64);
        using var optimizer = new TestOptimizer(model, new PlainOptions(), UpdateRule.Sgd(1));
        Assert.Contains("no micro-batches", Assert.Throws<ArgumentException>(() => optimizer.Step(Array.Empty<int>(), _ => model.Weight.sum())).Message);
        Assert.Contains("micro-batch 1 is 0", Assert.Throws<ArgumentException>(
            () => optimizer.Step([2, 0], _ => model.Weight.sum(), size => size)).Message);
        using var sliced = new TestOptimizer(model, new SamOptions { AscentFraction = 0.5 }, UpdateRule.Sgd(1));
        Assert.Contains("AscentFraction is 0.5", Assert.Throws<InvalidOperationException>(() => sliced.Step([1, 2], _ => model.Weight.sum())).Message);
    }

    /// <summary>Trains two models alike, one of them on batches cut at random.</summary>
    private static void AssertSameRun(int seed, SharpnessOptions options, UpdateRule rule)
    {
        var random = new Random(seed);
        using var model = new RandomModel(seed, still: true);
        using var whole = new RandomModel(seed, still: true);
        whole.load_state_dict(model.state_dict());
        using var left = RandomCompositions.Build(model, options, rule);
        using var right = RandomCompositions.Build(whole, options, rule);
        for (var step = 0; step < 10 && left is not null && right is not null; step++)
        {
            using var stepScope = NewDisposeScope();
            var batch = Batch.Random(12, RandomModel.Width, 3, ScalarType.Float64);
            var parts = Cut(batch, random);
            var report = random.Next(2) == 0
                ? left.Step(parts, s_loss)
                : left.Step(parts, (part, slice) => s_loss(model.call(slice.Of(part.Input)), slice.Of(part.Target)), part => part.Input.shape[0]);
            var expected = right.Step(batch.Input, batch.Target, s_loss);
            Assert.Equal(expected.Outcome, report.Outcome);
            Assert.Equal(expected.Clipped, report.Clipped);
            Assert.Equal(expected.Loss, report.Loss, 1e-8);
            Assert.Equal(expected.PerturbedLoss, report.PerturbedLoss, 1e-8);
            Assert.Equal(expected.GradientNorm, report.GradientNorm, 1e-8);
            Assert.Equal(right.Arms.Select(arm => arm.Role), left.Arms.Select(arm => arm.Role));
        }

        var state = whole.state_dict();
        Assert.All(model.state_dict(), pair => Assert.True(pair.Value.allclose(state[pair.Key], 1e-6, 1e-9), $"{pair.Key}: {options} {rule}"));
    }

    /// <summary>A batch in two to four parts of any sizes.</summary>
    private static Batch[] Cut(Batch batch, Random random)
    {
        var size = (int)batch.Input.shape[0];
        var ends = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(1, size)).Append(size).Distinct().Order().ToArray();
        return [.. ends.Select((end, index) => new Batch(Rows(batch.Input, index, end), Rows(batch.Target, index, end)))];

        Tensor Rows(Tensor tensor, int index, int end)
        {
            var start = index == 0 ? 0 : ends[index - 1];
            return tensor.narrow(0, start, end - start);
        }
    }

    /// <summary>Records for which micro-batch the first stages were run, and whether with a graph.</summary>
    private sealed class PrefixOptimizer(StagedClassifier model, SharpnessOptions options, UpdateRule rule) : SharpnessAwareOptimizer(model, options, rule)
    {
        public List<string> Prefixes { get; } = [];

        public StepReport Step(IReadOnlyList<Batch> microBatches)
        {
            var indices = Enumerable.Range(0, microBatches.Count).ToArray();
            return Step(
                indices,
                index => microBatches[index].Input.shape[0],
                (index, stage) =>
                {
                    var activation = model.ForwardTo(stage, microBatches[index].Input);
                    Prefixes.Add(activation.requires_grad ? $"{index} with a graph" : $"{index}");
                    return activation;
                },
                (index, stage, activation, slice) => s_loss(model.ForwardFrom(stage, activation), slice.Of(microBatches[index].Target)));
        }
    }
}
