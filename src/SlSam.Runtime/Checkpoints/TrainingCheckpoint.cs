using System.Text.Json;
using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace SlSam;

/// <summary>
/// A training run in a folder: the model's weights and buffers, and everything that later steps depend on. A run that is loaded goes on exactly as if it
/// had not been interrupted, bit for bit, on the same machine and with the same data.
/// </summary>
/// <remarks>
/// <para>
/// <c>model.safetensors</c> has the weights under the names of the model's <c>state_dict</c>, for <see cref="SafetensorsFile.LoadInto"/> and other
/// programs; <c>training.safetensors</c> the optimizer's moments, masks and the like; <c>training.json</c> all other state, your own data, and the lengths
/// and SHA-256 checksums of both.
/// </para>
/// <para>
/// What is not in it: batches for dynamic masks (<see cref="SharpnessAwareOptimizer.ProvideScoreBatches"/>), the modes of modules, and what your own
/// code remembers, which you can give as data. On a GPU, TorchSharp cannot read the generator: see docs/checkpoints.md.
/// </para>
/// </remarks>
public static class TrainingCheckpoint
{
    private const string Weights = "model.safetensors", Others = "training.safetensors";

    /// <summary>Writes a checkpoint. The folder appears under its name when it is complete.</summary>
    /// <param name="folder">The folder, which must not exist yet; the one that it is in is made where it does not exist.</param>
    /// <param name="optimizer">The optimizer, between two steps.</param>
    /// <param name="step">How many steps have been made, by your count; at least 0.</param>
    /// <param name="schedule">The scheduler of the learning rates, driven by <c>step()</c>; null where there is none.</param>
    /// <param name="data">Anything of your own to be given back by <see cref="Load"/>: the position in the data, the epoch.</param>
    /// <param name="trainedOnly">
    /// Whether weights that are not trained are left out, as makes sense with adapters; buffers are always in it. The model then needs to have the same
    /// weights where the checkpoint is loaded, which their checksum tells.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is null or empty, or <paramref name="optimizer"/> null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is below 0.</exception>
    /// <exception cref="InvalidOperationException">A step is in progress, or an adapter is merged into its layer's weight.</exception>
    /// <exception cref="NotSupportedException">A selector or source of draws of your own does not say what it remembers.</exception>
    /// <exception cref="IOException">The folder exists, or cannot be written; nothing of it is left.</exception>
    public static void Save(
        string folder, SharpnessAwareOptimizer optimizer, long step, LRScheduler? schedule = null, JsonNode? data = null, bool trainedOnly = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        WholeFolder.Write(folder, draft => Write(draft, RunState.Describe(optimizer, schedule, trainedOnly), step, data, trainedOnly));
    }

    /// <summary>
    /// Loads a checkpoint into an optimizer and its model, which are made as they were for the run that it is from. Everything is checked first: on an
    /// exception they are as they were.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="optimizer">The optimizer, between two steps.</param>
    /// <param name="schedule">
    /// The scheduler, made anew for this optimizer as it was for the other; it is stepped to where it was. Null where the checkpoint has none.
    /// </param>
    /// <param name="sameSettings">
    /// Whether the optimizer's options and update rule must be those of the run. If not, the run does not go on bit for bit, but with the new ones where its
    /// state allows; learning rates and weight decays are those of the checkpoint all the same.
    /// </param>
    /// <returns>The step and the data that were given to <see cref="Save"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is null or empty, or <paramref name="optimizer"/> null.</exception>
    /// <exception cref="InvalidDataException">
    /// It is no checkpoint, it is damaged or of another version, or it is of another model, method or update rule, or with or without a scheduler.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// A step is in progress, an adapter is merged into its layer's weight, or <paramref name="schedule"/> has been stepped already or cannot be stepped that far.
    /// </exception>
    /// <exception cref="NotSupportedException">A selector or source of draws of your own does not say what it remembers.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static RestoredRun Load(string folder, SharpnessAwareOptimizer optimizer, LRScheduler? schedule = null, bool sameSettings = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(optimizer);
        var manifest = CheckpointManifest.Read(folder);
        manifest.Verify(Weights);
        manifest.Verify(Others);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var weights = Open(folder, Weights);
        using var others = Open(folder, Others);
        var entries = RunState.Describe(optimizer, schedule, manifest.TrainedOnly);
        var reader = new StateReader(folder, manifest.State, weights, others, sameSettings);
        var apply = Check(reader, entries);
        weights.RequireWhole();
        others.RequireWhole();
        reader.RunLast();
        foreach (var each in apply)
        {
            each();
        }

        return new RestoredRun(manifest.Step, manifest.Data);
    }

    /// <summary>What is thrown where a folder is no checkpoint that can be loaded.</summary>
    internal static InvalidDataException Refuse(string folder, string reason, Exception? inner = null) =>
        new($"'{folder}' cannot be loaded as a training checkpoint: {reason}.", inner);

    private static void Write(string folder, IReadOnlyList<StateEntry> entries, long step, JsonNode? data, bool trainedOnly)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var state = new MemoryStream();
        using var json = new Utf8JsonWriter(state);
        var writer = new StateWriter(json);
        json.WriteStartObject();
        foreach (var entry in entries)
        {
            entry.Save(writer);
        }

        json.WriteEndObject();
        json.Flush();
        CheckpointFile[] files =
        [
            CheckpointFile.Write(folder, Weights, SafetensorsWriter.Content(writer.Weights, new Dictionary<string, string> { ["format"] = "pt" })),
            CheckpointFile.Write(folder, Others, SafetensorsWriter.Content(writer.Others)),
        ];
        CheckpointManifest.Write(folder, step, trainedOnly, files, state, data);
    }

    /// <summary>Checks all of a checkpoint.</summary>
    /// <returns>What applies it.</returns>
    private static List<Action> Check(StateReader reader, IReadOnlyList<StateEntry> entries)
    {
        try
        {
            var apply = entries.Select(entry => entry.Load(reader)).ToList();
            reader.RequireAllAsked();
            return apply;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw reader.Refuse(exception.Message.TrimEnd('.'));
        }
    }

    private static SafetensorsFile Open(string folder, string name) => SafetensorsFile.Open(Path.Combine(folder, name));
}
