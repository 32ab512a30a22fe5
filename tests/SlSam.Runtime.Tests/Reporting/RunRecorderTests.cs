using SlSam.Runtime.Tests.Lora;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Reporting;

/// <summary>What a recorder keeps, held against what the test itself has read of the optimizer around every step.</summary>
public sealed class RunRecorderTests
{
    /// <summary>What the test has seen of a step.</summary>
    private sealed record Seen(StepReport Report, double[] Probabilities, ArmRole[] Roles, double[] Norms, double Rate);

    [Fact]
    public void In_a_short_run_every_step_is_a_point()
    {
        var (run, seen) = Record(steps: 30, points: 40);
        Assert.Equal(1, run.Steps.Stride);
        Assert.Equal(Enumerable.Range(1, 30).Select(step => (long)step), run.Steps.First);
        Assert.All(run.Steps.Count, count => Assert.Equal(1, count));
        AssertIsMeanOf(run, seen);
        Assert.Equal("norm 1", run.Configuration.RuleSettings["clipping"]);
        Assert.InRange(run.Steps.Clipped.Sum(), 1, 29);
        Assert.True(run.Arms[0].Probability.Distinct().Count() > 10);
    }

    [Theory]
    [InlineData(8, 100, 16)]
    [InlineData(8, 64, 8)]
    [InlineData(2, 33, 32)]
    public void A_long_run_keeps_means_of_steps_in_a_row_in_the_same_memory(int points, int steps, int stride)
    {
        var (run, seen) = Record(steps, points);
        Assert.Equal(stride, run.Steps.Stride);
        Assert.Equal((steps + stride - 1) / stride, run.Steps.First.Length);
        Assert.Equal(steps, run.Steps.Count.Sum());
        AssertIsMeanOf(run, seen);
    }

    [Fact]
    public void Totals_are_exact_and_refused_steps_are_named()
    {
        var (run, seen) = Record(steps: 50, points: 4, refusedEvery: 7);
        var updated = seen.Where(each => each.Report.Outcome == StepOutcome.Updated).ToList();
        Assert.Equal(50, run.Totals.Steps);
        Assert.Equal(8, run.Totals.Refused);
        Assert.Equal([1, 8, 15, 22, 29, 36, 43, 50], run.Refused.Select(refused => refused.Step));
        Assert.All(run.Refused, refused => Assert.Equal(StepOutcome.NonFiniteFirstPass, refused.Outcome));
        Assert.Equal(updated.Average(each => each.Report.Cost), run.Totals.MeanCost, 1e-12);
        Assert.Equal(seen.Sum(each => each.Report.Times!.Value.FirstPass), run.Totals.FirstPass, 1e-12);
        Assert.Equal(seen.Sum(each => each.Report.Times!.Value.Update), run.Totals.Update, 1e-12);
        var totals = run.Totals;
        Assert.InRange(totals.Prefix + totals.FirstPass + totals.SecondPass + totals.Update + totals.Between, 0.99 * totals.Elapsed, 1.001 * totals.Elapsed);
    }

    [Fact]
    public void The_balancedness_of_pairs_is_read_at_its_interval()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        using var model = Product.Toy();
        using var optimizer = new TestOptimizer(model, new SamOptions(), UpdateRule.Sgd(0.02));
        using var recorder = new RunRecorder(optimizer, new RunRecorderOptions { BalancednessInterval = 3 });
        var expected = new List<float>();
        for (var step = 0; step < 10; step++)
        {
            recorder.Add(optimizer.Step(() => model.Loss()));
            expected.Add(step % 3 == 0 ? (float)optimizer.LoraPairs[0].Balancedness() : float.NaN);
        }

        var pair = Assert.Single(recorder.ToRun().Pairs);
        Assert.Equal(expected, pair.Balancedness);
        Assert.True(expected.Where(float.IsFinite).Distinct().Count() == 4);
    }

    [Fact]
    public void Recording_allocates_nothing()
    {
        using var scope = NewDisposeScope();
        using var model = new StagedClassifier(blocks: 4, width: 8, classes: 3);
        using var optimizer = new StagedClassifierSlSam(model, new SlSamOptions(), UpdateRule.AdamW(0.01));
        using var recorder = new RunRecorder(optimizer, new RunRecorderOptions { Points = 16 });
        var batch = Batch.Random(4, 8, 3);
        var report = optimizer.Step(batch.Input, batch.Loss);
        recorder.Add(report);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 200; step++)
        {
            recorder.Add(report);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Evaluations_stand_at_the_step_after_which_they_were_made()
    {
        using var scope = NewDisposeScope();
        using var model = new StagedClassifier(blocks: 1, width: 4, classes: 2);
        using var optimizer = new StagedClassifierSlSam(model, new PlainOptions(), UpdateRule.AdamW(0.01));
        using var recorder = new RunRecorder(optimizer, new RunRecorderOptions { Name = "again" });
        var batch = Batch.Random(4, 4, 2);
        recorder.AddEvaluation(accuracy: 0.25);
        recorder.Add(optimizer.Step(batch.Input, batch.Loss));
        recorder.AddEvaluation(accuracy: 0.75, loss: 0.6, name: "test");
        Assert.Throws<ArgumentException>(() => recorder.AddEvaluation());
        Assert.Contains("[0, 1]", Assert.Throws<ArgumentOutOfRangeException>(() => recorder.AddEvaluation(accuracy: 75)).Message, StringComparison.Ordinal);

        var run = recorder.ToRun();
        Assert.Equal("again", run.Name);
        Assert.Equal([(0, 0.25, "held-out"), (1, 0.75, "test")], run.Evaluations.Select(each => (each.Step, each.Accuracy, each.Name)));
    }

    [Fact]
    public void A_listener_is_told_what_is_recorded()
    {
        using var scope = NewDisposeScope();
        using var model = new StagedClassifier(blocks: 3, width: 4, classes: 2);
        using var optimizer = new StagedClassifierSlSam(model, new SlSamOptions(), UpdateRule.AdamW(0.01));
        using var recorder = new RunRecorder(optimizer);
        var listener = new Listener();
        recorder.Tell(listener);
        var batch = Batch.Random(4, 4, 2);
        for (var step = 0; step < 5; step++)
        {
            recorder.Add(optimizer.Step(batch.Input, batch.Loss));
        }

        recorder.AddEvaluation(loss: 0.25);
        var run = recorder.ToRun();
        Assert.Equal(run.Steps.Loss, listener.Losses);
        Assert.Equal(run.Arms[1].Probability, listener.Probabilities);
        Assert.Equal(run.Evaluations, listener.Evaluations);
    }

    private static (TrainingRun Run, List<Seen> Seen) Record(int steps, int points, int refusedEvery = 0)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = new StagedClassifier(blocks: 5, width: 8, classes: 3);
        using var optimizer = new StagedClassifierSlSam(model, new SlSamOptions { Sparsity = 0.4, Rho = 0.05, Seed = 3 }, UpdateRule.AdamW(0.01) with { Clipping = GradientClipping.ByNorm(1) });
        optimizer.Group("head").LearningRate = 0.1;
        using var recorder = new RunRecorder(optimizer, new RunRecorderOptions { Points = points });
        var seen = new List<Seen>();
        for (var step = 0; step < steps; step++)
        {
            using var stepScope = NewDisposeScope();
            var batch = Batch.Random(4, 8, 3);
            var probabilities = optimizer.Arms.Select(arm => arm.Probability).ToArray();
            var factor = refusedEvery > 0 && step % refusedEvery == 0 ? double.NaN : 1;
            optimizer.Groups[0].LearningRate = 0.01 / (step + 1);
            var report = optimizer.Step(batch.Input, logits => batch.Loss(logits) * factor);
            recorder.Add(report);
            seen.Add(new Seen(
                report,
                probabilities,
                [.. optimizer.Arms.Select(arm => arm.Role)],
                [.. optimizer.Arms.Select(arm => arm.IsActive && report.Outcome == StepOutcome.Updated ? arm.GradientNorm : double.NaN)],
                optimizer.Groups[0].LearningRate));
        }

        return (recorder.ToRun(), seen);
    }

    private static void AssertIsMeanOf(TrainingRun run, List<Seen> seen)
    {
        var steps = run.Steps;
        AssertMeans(steps.Loss, each => each.Report.Loss);
        AssertMeans(steps.PerturbedLoss, each => each.Report.PerturbedLoss);
        AssertMeans(steps.GradientNorm, each => each.Report.GradientNorm);
        AssertMeans(steps.Cost, each => each.Report.Cost);
        AssertMeans(steps.Clipped, each => each.Report.Clipped ? 1 : 0);
        AssertMeans(steps.LossScale, each => each.Report.LossScale);
        AssertMeans(steps.FirstActiveStage, each => each.Report.FirstActiveStage);
        AssertMeans(steps.ActiveShare, each => (double)each.Report.ActiveParameters / each.Report.TotalParameters);
        AssertMeans(steps.Prefix, each => each.Report.Times!.Value.Prefix);
        AssertMeans(steps.SecondPass, each => each.Report.Times!.Value.SecondPass);
        Assert.Equal(Groups().Select(group => (float)group.Min(each => each.Report.Loss)), steps.LowestLoss);
        Assert.Equal(Groups().Select(group => (float)group.Max(each => each.Report.Loss)), steps.HighestLoss);
        for (var arm = 0; arm < run.Arms.Count; arm++)
        {
            AssertMeans(run.Arms[arm].Probability, each => each.Probabilities[arm]);
            AssertMeans(run.Arms[arm].Active, each => each.Roles[arm] == ArmRole.Inactive ? 0 : 1);
            AssertMeans(run.Arms[arm].Perturbed, each => each.Roles[arm] == ArmRole.Perturbed ? 1 : 0);
            AssertMeans(run.Arms[arm].GradientNorm, each => each.Norms[arm]);
        }

        Assert.Equal(3, run.LearningRates.Count);
        AssertMeans(run.LearningRates[0].Values, each => each.Rate);
        Assert.Equal(["blocks[0]", "blocks[1]", "blocks[2]", "blocks[3]", "blocks[4]"], run.LearningRates[1].Layers);

        IEnumerable<Seen[]> Groups() => seen.Chunk(steps.Stride);

        void AssertMeans(float[] means, Func<Seen, double> value)
        {
            var expected = Groups().Select(group => group.Select(value).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average()).ToArray();
            Assert.Equal(expected.Length, means.Length);
            for (var point = 0; point < expected.Length; point++)
            {
                Assert.Equal((float)expected[point], means[point], 1e-6f);
            }
        }
    }

    private sealed class Listener : IRunListener
    {
        public List<float> Losses { get; } = [];

        public List<float> Probabilities { get; } = [];

        public List<Evaluation> Evaluations { get; } = [];

        public void OnStep(RecordedStep step)
        {
            Assert.Equal(Losses.Count + 1, step.Number);
            Losses.Add((float)step.Report.Loss);
            Probabilities.Add((float)step.Probabilities[1]);
        }

        public void OnEvaluation(Evaluation evaluation) => Evaluations.Add(evaluation);
    }
}
