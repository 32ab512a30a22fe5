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
        Assert.Equal(whole, resumed);
        Assert.Equal(whole, await RunAsync(display, folder.Path, stopAt: null));
        Assert.Contains("going on after step 7 of 7", output.ToString());
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

    /// <returns>All weights and statistics of the model in the end; null where the run was stopped.</returns>
    private static async Task<float[]?> RunAsync(IDisplay display, string folder, int? stopAt)
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

        var record = await new TrainingLoop(display, folder).RunAsync("test", Steps, optimizer, schedule, step =>
        {
            if (step + 1 == stopAt)
            {
                interruption.Cancel();
            }

            return optimizer.Step(randn(4, 1, 8, 8), randint(0, 3, [4], dtype: ScalarType.Int64), (logits, target) => nn.functional.cross_entropy(logits, target));
        }, interruption.Token);
        return record.IsComplete ? [.. model.state_dict().Values.SelectMany(tensor => tensor.to(ScalarType.Float32).view(-1).data<float>().ToArray())] : null;
    }
}
