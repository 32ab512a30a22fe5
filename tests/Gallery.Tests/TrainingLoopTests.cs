using ImageClassification;
using MiniLM.Terminal;
using MiniLM.Tests;
using MiniLM.Training;
using SlSam;
using static TorchSharp.torch;

namespace Gallery.Tests;

/// <summary>A run that is interrupted ends at the edge of a step, and the same run, begun again, ends where one that was not interrupted does.</summary>
[Collection("console")]
public sealed class TrainingLoopTests
{
    private const int Steps = 7;

    [Fact]
    public async Task An_interrupted_run_goes_on_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        var display = new PlainDisplay(output);
        var whole = await RunAsync(display, Path.Combine(folder.Path, "whole"), stopAt: null);

        Assert.Null(await RunAsync(display, folder.Path, stopAt: 3));
        Assert.Contains("stopped after step 3 of 7. The same command goes on from there", output.ToString());
        Assert.Null(await RunAsync(display, folder.Path, stopAt: 5));
        var resumed = await RunAsync(display, folder.Path, stopAt: null);

        Assert.Contains("going on after step 5 of 7", output.ToString());
        Assert.Equal(whole!.Weights, resumed!.Weights);
        var again = await RunAsync(display, folder.Path, stopAt: null);
        Assert.Contains("all 7 steps are made already", output.ToString());
        Assert.Equal(whole.Weights, again!.Weights);
        foreach (var run in new[] { resumed.Run, again.Run })
        {
            Assert.Equal(WithoutTimes(whole.Run), WithoutTimes(run));
        }

        new TrainingLoop(display, folder.Path).Forget();
        Assert.False(Directory.Exists(folder.Path));
        Directory.CreateDirectory(folder.Path);
    }

    [Fact]
    public async Task One_that_is_stopped_at_once_leaves_what_was_there()
    {
        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        Assert.Null(await RunAsync(new PlainDisplay(output), folder.Path, stopAt: 0));
        Assert.Contains("stopped before the first step", output.ToString());
        Assert.Null(await RunAsync(new PlainDisplay(output), folder.Path, stopAt: 2));
        Assert.Null(await RunAsync(new PlainDisplay(output), folder.Path, stopAt: 0));
        Assert.Equal("step-00000002", Path.GetFileName(Assert.Single(Directory.EnumerateDirectories(Assert.Single(Directory.EnumerateDirectories(folder.Path))))));
    }

    /// <summary>Evaluations draw random numbers and hold a network with batch normalization in evaluation mode: the training goes on as if they had not been.</summary>
    [Fact]
    public async Task Evaluations_change_nothing()
    {
        var display = new PlainDisplay(TextWriter.Null);
        using var folder = new TemporaryFolder();
        var without = await RunAsync(display, Path.Combine(folder.Path, "without"), stopAt: null, evaluateEvery: 0);
        var with = await RunAsync(display, Path.Combine(folder.Path, "with"), stopAt: null, evaluateEvery: 1);

        Assert.Equal(without!.Weights, with!.Weights);
        Assert.Equal([(7L, "6 held-out")], without.Run.Evaluations.Select(each => (each.Step, each.Name)));
        Assert.Equal(
            Enumerable.Range(0, 8).Select(step => ((long)step, "4 held-out")).Append((7, "6 held-out")), with.Run.Evaluations.Select(each => (each.Step, each.Name)));
        Assert.Equal(without.Run.Evaluations[^1].Loss, with.Run.Evaluations[^1].Loss);
        Assert.True(with.Run.Evaluations.Select(each => each.Loss).Distinct().Count() > 6);
    }

    private sealed record Trained(float[] Weights, TrainingRun Run);

    /// <returns>All weights and statistics of the model in the end, and what was recorded; null where the run was stopped.</returns>
    private static async Task<Trained?> RunAsync(IDisplay display, string folder, int? stopAt, int evaluateEvery = 2)
    {
        using var scope = NewDisposeScope();
        using var interruption = new CancellationTokenSource();
        manual_seed(4);
        using var model = new ResidualNetwork(3);
        using var optimizer = new ResidualNetworkSlSam(model, new SlSamOptions { Sparsity = 0.4, AscentFraction = 0.5 }, UpdateRule.AdamW(1e-2));
        var schedule = optim.lr_scheduler.StepLR(optimizer, step_size: 2, gamma: 0.5);
        if (stopAt == 0)
        {
            interruption.Cancel();
        }

        var heldOut = new HeldOut(model, count: 6, batchSize: 4, (_, count) =>
            Measure.Of(model.call(randn(count, 1, 8, 8)), randint(0, 3, [count], dtype: ScalarType.Int64)))
        { Some = 4 };
        var loop = new TrainingLoop(display, folder, new Recording { EvaluateEvery = evaluateEvery });
        try
        {
            await loop.RunAsync("test", Steps, optimizer, schedule, step =>
            {
                if (step + 1 == stopAt)
                {
                    interruption.Cancel();
                }

                return optimizer.Step(randn(4, 1, 8, 8), randint(0, 3, [4], dtype: ScalarType.Int64), (logits, target) => nn.functional.cross_entropy(logits, target));
            }, heldOut, interruption.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Empty(loop.Runs);
            return null;
        }

        return new([.. model.state_dict().Values.SelectMany(tensor => tensor.to(ScalarType.Float32).view(-1).data<float>().ToArray())], loop.Runs["test"]);
    }

    private static string WithoutTimes(TrainingRun run)
    {
        float[] none = [];
        return (run with
        {
            Started = default,
            Steps = run.Steps with { Elapsed = none, Prefix = none, FirstPass = none, SecondPass = none, Update = none, Between = none },
            Evaluations = [.. run.Evaluations.Select(each => each with { Elapsed = 0 })],
            Totals = run.Totals with
            {
                Elapsed = 0,
                Prefix = 0,
                FirstPass = 0,
                SecondPass = 0,
                Update = 0,
                Between = 0,
                Evaluating = 0,
                MeanCost = Math.Round(run.Totals.MeanCost, 12),
                MeanActiveShare = Math.Round(run.Totals.MeanActiveShare, 12),
            },
        }).ToJson();
    }
}
