using MiniLM.Terminal;
using SlSam;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace MiniLM.Training;

/// <summary>
/// Runs training steps and shows how they advance. A cancellation ends them at the edge of a step and leaves a checkpoint; the same run, begun again, goes on from
/// there as if it had not stopped.
/// </summary>
/// <param name="display">Shows the progress.</param>
/// <param name="folder">Where checkpoints are kept, in a folder for each title.</param>
public sealed class TrainingLoop(IDisplay display, string folder)
{
    /// <summary>Where the samples keep the checkpoints of interrupted runs.</summary>
    /// <param name="sample">The sample's name.</param>
    public static string FolderOf(string sample) => Path.Combine(Assets.AssetCache.DefaultFolder, "runs", sample);

    /// <summary>Runs the steps that are still to be run.</summary>
    /// <param name="title">What is trained and how: the name of its checkpoints too.</param>
    /// <param name="steps">How many steps the whole run has.</param>
    /// <param name="optimizer">The optimizer, freshly made.</param>
    /// <param name="schedule">Stepped after each step; null for constant learning rates.</param>
    /// <param name="step">Does the step of an index and says how it went. Tensors that it makes are disposed after it.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>Whether all steps have been run.</returns>
    /// <exception cref="InvalidDataException">There is a checkpoint, but it is damaged, or of a run with other settings.</exception>
    public async Task<bool> RunAsync(
        string title, int steps, SharpnessAwareOptimizer optimizer, LRScheduler? schedule, Func<int, string> step, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(step);
        var checkpoints = new CheckpointFolder(Path.Combine(folder, NameOf($"{title}, {steps} steps")), keep: 1);
        int resumed = (int)(checkpoints.Resume(optimizer, schedule)?.Step ?? 0);
        if (resumed > 0)
            display.Say($"{title}: going on after step {resumed} of {steps}, from {checkpoints.PathTo(resumed)}.");
        int done = resumed;
        await display.TrackAsync($"{title}, {steps} steps", steps, ProgressUnit.Count, progress => Task.Run(() =>
        {
            for (; done < steps && !cancellation.IsCancellationRequested; done++)
            {
                using var scope = NewDisposeScope();
                string status = step(done);
                schedule?.step();
                progress.Report(done + 1, status);
            }
            return true;
        }, CancellationToken.None)).ConfigureAwait(false);

        if (done == steps)
        {
            if (Directory.Exists(checkpoints.Path))
                Directory.Delete(checkpoints.Path, recursive: true);
            return true;
        }

        if (done > resumed)
            checkpoints.Save(optimizer, done, schedule);
        display.Say(done == 0
            ? $"{title}: stopped before the first step."
            : $"{title}: stopped after step {done} of {steps}. The same command goes on from there; the checkpoint is {checkpoints.PathTo(done)}.");
        return false;
    }

    private static string NameOf(string title) =>
        string.Join('-', title.ToLowerInvariant().Split([.. title.ToLowerInvariant().Where(letter => !char.IsAsciiLetterOrDigit(letter)).Distinct()], StringSplitOptions.RemoveEmptyEntries));
}
