using System.Globalization;
using System.Text.Json.Nodes;
using static TorchSharp.torch.optim.lr_scheduler;

namespace SlSam;

/// <summary>
/// The checkpoints of one run, in a folder of its own: <c>step-00000500</c>, <c>step-00001000</c>, of which the newest are kept. A process that is ended
/// while it saves leaves those that were complete before, and what it had begun is cleared away by the next save.
/// </summary>
/// <remarks>One process at a time writes to a folder; any may read it meanwhile.</remarks>
public sealed class CheckpointFolder
{
    private const string Prefix = "step-";

    private readonly int _keep;

    /// <summary>Names a folder; it is made by the first save.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="keep">How many checkpoints are kept, at least 1; 3 by default.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="keep"/> is below 1.</exception>
    public CheckpointFolder(string path, int keep = 3)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = System.IO.Path.GetFullPath(path);
        _keep = Require.AtLeastOne(keep);
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>The steps of the complete checkpoints, the newest last.</summary>
    public IReadOnlyList<long> Steps
    {
        get
        {
            if (!Directory.Exists(Path))
            {
                return [];
            }

            var steps = new List<long>();
            foreach (var folder in Directory.EnumerateDirectories(Path, $"{Prefix}*"))
            {
                var name = System.IO.Path.GetFileName(folder);
                if (long.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var step) && folder == PathTo(step))
                {
                    steps.Add(step);
                }
            }

            steps.Sort();
            return steps;
        }
    }

    /// <summary>The path of the checkpoint of a step, whether it exists or not.</summary>
    /// <param name="step">The step, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is below 0.</exception>
    public string PathTo(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:D8}"));
    }

    /// <summary>
    /// Saves a checkpoint, as <see cref="TrainingCheckpoint.Save"/> does, and deletes the oldest that are too many.
    /// </summary>
    /// <param name="optimizer">The optimizer, between two steps.</param>
    /// <param name="step">How many steps have been made, by your count; at least 0.</param>
    /// <param name="schedule">The scheduler of the learning rates; null where there is none.</param>
    /// <param name="data">Anything of your own to be given back by <see cref="Resume"/>.</param>
    /// <param name="trainedOnly">Whether weights that are not trained are left out.</param>
    /// <returns>The path of the checkpoint.</returns>
    /// <exception cref="IOException">There is one of this step already, or it cannot be written; those that were there are unchanged.</exception>
    /// <remarks>It throws also what <see cref="TrainingCheckpoint.Save"/> throws.</remarks>
    public string Save(SharpnessAwareOptimizer optimizer, long step, LRScheduler? schedule = null, JsonNode? data = null, bool trainedOnly = false)
    {
        var path = PathTo(step);
        Directory.CreateDirectory(Path);
        WholeFolder.DeleteUnfinished(Path, Prefix);
        TrainingCheckpoint.Save(path, optimizer, step, schedule, data, trainedOnly);
        foreach (var old in Steps.SkipLast(_keep).Where(old => old != step))
        {
            WholeFolder.Delete(PathTo(old));
        }

        return path;
    }

    /// <summary>Loads the newest complete checkpoint, as <see cref="TrainingCheckpoint.Load"/> does.</summary>
    /// <param name="optimizer">The optimizer, between two steps.</param>
    /// <param name="schedule">The scheduler, made anew; null where there is none.</param>
    /// <param name="sameSettings">Whether the optimizer's options and update rule must be those of the run.</param>
    /// <returns>The step and the data that were saved; null where there is no checkpoint yet.</returns>
    /// <remarks>It throws what <see cref="TrainingCheckpoint.Load"/> throws. A damaged checkpoint is not passed over: delete it to resume from the one before.</remarks>
    public RestoredRun? Resume(SharpnessAwareOptimizer optimizer, LRScheduler? schedule = null, bool sameSettings = true)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        return Steps is [.., var newest] ? TrainingCheckpoint.Load(PathTo(newest), optimizer, schedule, sameSettings) : null;
    }
}
