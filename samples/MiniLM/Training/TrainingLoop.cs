using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MiniLM.Terminal;
using SlSam;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace MiniLM.Training;

/// <summary>
/// Runs training steps and shows how they advance. A cancellation ends them at the edge of a step and leaves a checkpoint; the same program, begun again, goes on from
/// there as if it had not stopped, and does not repeat what was complete.
/// </summary>
/// <param name="display">Shows the progress.</param>
/// <param name="folder">Where checkpoints are kept until <see cref="Forget"/>, in a folder for each title; null for none.</param>
/// <param name="saves">Whether this process writes them; of several that train together one does, and all read them.</param>
public sealed class TrainingLoop(IDisplay display, string? folder, bool saves = true)
{
    /// <summary>Where the samples keep the checkpoints of interrupted runs.</summary>
    /// <param name="sample">The sample's name.</param>
    public static string FolderOf(string sample) => Path.Combine(Assets.AssetCache.DefaultFolder, "runs", sample);

    /// <summary>Runs the steps that are still to be run.</summary>
    /// <param name="title">What is trained and how: the name of its checkpoints too.</param>
    /// <param name="steps">How many steps the whole run has.</param>
    /// <param name="optimizer">The optimizer, freshly made.</param>
    /// <param name="schedule">Stepped after each step; null for constant learning rates.</param>
    /// <param name="step">Does the step of an index. Tensors that it makes are disposed after it.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>The steps that were made.</returns>
    /// <exception cref="InvalidDataException">There is a checkpoint, but it is damaged, or of a run with other settings.</exception>
    /// <exception cref="InvalidOperationException">A step was refused.</exception>
    public Task<TrainingRecord> RunAsync(
        string title, int steps, SharpnessAwareOptimizer optimizer, LRScheduler? schedule, Func<int, StepReport> step, CancellationToken cancellation) =>
        RunAsync(title, steps, optimizer, schedule, step, () => cancellation.IsCancellationRequested);

    /// <summary>The same where processes that train together have to agree on when to stop.</summary>
    /// <param name="title">What is trained and how: the name of its checkpoints too.</param>
    /// <param name="steps">How many steps the whole run has.</param>
    /// <param name="optimizer">The optimizer, freshly made.</param>
    /// <param name="schedule">Stepped after each step; null for constant learning rates.</param>
    /// <param name="step">Does the step of an index. Tensors that it makes are disposed after it.</param>
    /// <param name="isAskedToStop">Asked before each step.</param>
    /// <returns>The steps that were made.</returns>
    /// <exception cref="InvalidDataException">There is a checkpoint, but it is damaged, or of a run with other settings.</exception>
    /// <exception cref="InvalidOperationException">A step was refused.</exception>
    public async Task<TrainingRecord> RunAsync(
        string title, int steps, SharpnessAwareOptimizer optimizer, LRScheduler? schedule, Func<int, StepReport> step, Func<bool> isAskedToStop)
    {
        ArgumentNullException.ThrowIfNull(isAskedToStop);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(step);
        var checkpoints = folder is null ? null : new CheckpointFolder(Path.Combine(folder, NameOf($"{title}, {steps} steps")), keep: 1);
        var record = checkpoints?.Resume(optimizer, schedule)?.Data.Deserialize<TrainingRecord>() ?? new TrainingRecord { Steps = steps };
        int resumed = record.Losses.Count;
        if (resumed > 0)
            display.Say($"{title}: going on after step {resumed} of {steps}, from {checkpoints!.PathTo(resumed)}.");
        await display.TrackAsync($"{title}, {steps} steps", steps, ProgressUnit.Count, progress => Task.Run(() =>
        {
            while (!record.IsComplete && !isAskedToStop())
                progress.Report(record.Losses.Count + 1, Add(step, record, optimizer, schedule));
            return true;
        }, CancellationToken.None)).ConfigureAwait(false);

        int done = record.Losses.Count;
        if (checkpoints is not null && saves && done > resumed)
            checkpoints.Save(optimizer, done, schedule, JsonSerializer.SerializeToNode(record));
        if (!record.IsComplete)
            display.Say(done == 0 ? $"{title}: stopped before the first step."
                : checkpoints is null ? $"{title}: stopped after step {done} of {steps}."
                : $"{title}: stopped after step {done} of {steps}. The same command goes on from there; the checkpoint is {checkpoints.PathTo(done)}.");
        return record;
    }

    /// <summary>Deletes the checkpoints: the program is through, and begins anew when it is called again.</summary>
    public void Forget()
    {
        if (saves && Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static string Add(Func<int, StepReport> step, TrainingRecord record, SharpnessAwareOptimizer optimizer, LRScheduler? schedule)
    {
        using var scope = NewDisposeScope();
        var watch = Stopwatch.StartNew();
        var report = step(record.Losses.Count);
        if (report.Outcome != StepOutcome.Updated)
            throw new InvalidOperationException($"Step {record.Losses.Count + 1} was refused ({report.Outcome}); a smaller learning rate may help.");
        record.Seconds.Add(watch.Elapsed.TotalSeconds);
        record.Losses.Add(report.Loss);
        record.ActiveShares.Add((double)report.ActiveParameters / report.TotalParameters);
        schedule?.step();
        return string.Create(CultureInfo.InvariantCulture, $"loss {record.RecentLoss:0.000}, {report.ActiveArms} of {optimizer.Arms.Count} layers active");
    }

    private static string NameOf(string title) =>
        string.Concat(title.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
}
