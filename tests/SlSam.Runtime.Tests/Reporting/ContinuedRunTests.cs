using System.Text.Json;
using System.Text.Json.Nodes;
using SlSam.Runtime.Tests.Lora;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Reporting;

/// <summary>The record of a run that was interrupted, saved with its checkpoint and gone on with is that of the same run without interruption, but for times.</summary>
public sealed class ContinuedRunTests : IDisposable
{
    private static readonly string[] s_times = ["started", "elapsed", "prefix", "firstPass", "secondPass", "update", "between", "evaluating"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(40, 30, new[] { 13 })]
    [InlineData(40, 30, new[] { 1, 2, 29 })]
    [InlineData(40, 20, new[] { 20 })]
    [InlineData(8, 100, new[] { 8, 37, 64 })]
    [InlineData(8, 33, new[] { 32 })]
    public void It_tells_the_whole_run(int points, int steps, int[] stops) =>
        AssertSame(Record(points, steps, []), Record(points, steps, stops));

    [Theory]
    [InlineData(30, 13)]
    [InlineData(61, 60)]
    public void Points_that_are_too_many_are_joined(int steps, int stop) =>
        AssertSame(Record(points: 8, steps, []), Record(points: 8, steps, [stop], pointsBefore: 64));

    [Fact]
    public void The_run_of_another_model_or_with_holes_is_refused()
    {
        using var scope = NewDisposeScope();
        var run = Record(points: 8, steps: 20, []);
        using var smaller = new StagedClassifier(blocks: 1, width: 8, classes: 3);
        using var its = new StagedClassifierSlSam(smaller, new PlainOptions(), UpdateRule.Sgd(0.1));
        var exception = Assert.Throws<ArgumentException>(() => new RunRecorder(its, continued: run));
        Assert.Contains("blocks[3]", exception.Message, StringComparison.Ordinal);

        using var model = new StagedClassifier(blocks: 4, width: 8, classes: 3);
        using var optimizer = new StagedClassifierSlSam(model, new PlainOptions(), UpdateRule.Sgd(0.1));
        foreach (var damaged in new[]
        {
            run with { Steps = run.Steps with { Stride = 0 } },
            run with { Steps = run.Steps with { Stride = 2 } },
            run with { Steps = run.Steps with { Count = [.. run.Steps.Count.SkipLast(1), 9] } },
            run with { Totals = run.Totals with { Steps = 19 } },
        })
        {
            Assert.Contains("do not follow", Assert.Throws<ArgumentException>(() => new RunRecorder(optimizer, continued: damaged)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(20, new RunRecorder(optimizer, continued: run).Steps);
    }

    [Fact]
    public void The_balancedness_of_pairs_is_read_in_the_same_steps()
    {
        using var scope = NewDisposeScope();
        var (whole, first) = (Pairs(null, 10), Pairs(null, 4));
        var resumed = Pairs(first, 10);
        Assert.Equal(whole.Pairs[0].Balancedness, resumed.Pairs[0].Balancedness);

        static TrainingRun Pairs(TrainingRun? continued, int until)
        {
            manual_seed(2);
            using var model = Product.Toy();
            using var optimizer = new TestOptimizer(model, new SamOptions(), UpdateRule.Sgd(0.02));
            for (var step = 0; step < (continued?.Totals.Steps ?? 0); step++)
            {
                optimizer.Step(() => model.Loss());
            }

            using var recorder = new RunRecorder(optimizer, new RunRecorderOptions { BalancednessInterval = 3 }, continued);
            while (recorder.Steps < until)
            {
                recorder.Add(optimizer.Step(() => model.Loss()));
            }

            return recorder.ToRun();
        }
    }

    private TrainingRun Record(int points, int steps, int[] stops, int? pointsBefore = null)
    {
        using var scope = NewDisposeScope();
        TrainingRun? run = null;
        var folder = Path.Combine(_folder.FullName, Path.GetRandomFileName());
        foreach (var until in stops.Append(steps))
        {
            manual_seed(1);
            using var model = new StagedClassifier(blocks: 4, width: 8, classes: 3);
            using var optimizer = new StagedClassifierSlSam(
                model, new RandomStepOptions { Probability = 0.5, Rho = 0.05, Seed = 3 }, UpdateRule.AdamW(0.01));
            var checkpoints = new CheckpointFolder(folder);
            var data = checkpoints.Resume(optimizer)?.Data;
            var options = new RunRecorderOptions { Points = until == steps ? points : pointsBefore ?? points };
            using var recorder = new RunRecorder(optimizer, options, data is null ? null : TrainingRun.FromJson(data.ToJsonString()));
            while (recorder.Steps < until)
            {
                using var stepScope = NewDisposeScope();
                var batch = Batch.Random(4, 8, 3);
                optimizer.Groups[0].LearningRate = 0.01 / (recorder.Steps + 1);
                var factor = recorder.Steps % 7 == 3 ? double.NaN : 1;
                recorder.Add(optimizer.Step(batch.Input, logits => batch.Loss(logits) * factor));
                if (recorder.Steps % 9 == 0)
                {
                    recorder.AddEvaluation(accuracy: 1.0 / recorder.Steps);
                }
            }

            run = recorder.ToRun();
            if (until < steps || stops.Contains(until))
            {
                checkpoints.Save(optimizer, until + (checkpoints.Steps.Contains(until) ? 1 : 0), data: JsonNode.Parse(run.ToJson()));
            }
        }

        return run!;
    }

    /// <summary>Everything that the runs say but times is the same; means that are joined once more to the rounding of single precision.</summary>
    private static void AssertSame(TrainingRun expected, TrainingRun actual)
    {
        Assert.Contains(expected.Steps.PerturbedLoss.Concat(expected.Arms[0].GradientNorm), float.IsFinite);
        if (expected.Steps.Stride > 1)
        {
            Assert.Contains("steps.perturbedLoss", expected.ValueCounts.Keys);
        }

        Compare(JsonNode.Parse(expected.ToJson())!, JsonNode.Parse(actual.ToJson())!, tolerance: expected.Steps.Stride == 1 ? 1e-14 : 1e-6);
    }

    private static void Compare(JsonNode? expected, JsonNode? actual, double tolerance)
    {
        switch (expected)
        {
            case JsonObject members:
                Assert.Equal(members.Select(member => member.Key), actual!.AsObject().Select(member => member.Key));
                foreach (var (name, value) in members.Where(member => !s_times.Contains(member.Key)))
                {
                    Compare(value, actual[name], tolerance);
                }

                break;
            case JsonArray elements:
                Assert.Equal(elements.Count, actual!.AsArray().Count);
                for (var index = 0; index < elements.Count; index++)
                {
                    Compare(elements[index], actual[index], tolerance);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                Assert.Equal(value.GetValue<double>(), actual!.GetValue<double>(), tolerance * (1 + Math.Abs(value.GetValue<double>())));
                break;
            default:
                Assert.Equal(expected?.ToJsonString(), actual?.ToJsonString());
                break;
        }
    }
}
