using System.Globalization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// What sparse fine-tuning has changed in a model: the entries that ever were in a mask, with their values before and after. Both are kept rather than
/// their difference, since w + (v - w) is not always v in floating point: merging and unmerging are exact.
/// </summary>
/// <remarks>
/// Get one by <see cref="SharpnessAwareOptimizer.CreateSparseDelta"/> or <see cref="Load"/>. Build an optimizer after merging or unmerging: what it knows of a
/// model from before training it knows from when its masks were made.
/// </remarks>
public sealed class SparseDelta : IDisposable
{
    internal SparseDelta(IReadOnlyList<SparseDeltaEntry> entries) => Entries = entries;

    /// <summary>The changed parameters.</summary>
    public IReadOnlyList<SparseDeltaEntry> Entries { get; }

    /// <summary>How many numbers were changed.</summary>
    public long Count => Entries.Sum(entry => entry.Indices.shape[0]);

    /// <summary>Writes the delta to a safetensors file, which appears under its name when it is complete.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="IOException">The file cannot be written; one that was there is unchanged.</exception>
    public void Save(string path) => SparseDeltaFile.Write(path, Entries);

    /// <summary>Reads a delta.</summary>
    /// <param name="path">The path of a file that <see cref="Save"/> wrote.</param>
    /// <returns>The delta; disposing it frees its tensors.</returns>
    /// <exception cref="InvalidDataException">It is no such file, or it contradicts itself.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static SparseDelta Load(string path) => new(SparseDeltaFile.Read(path));

    /// <summary>Puts the trained values into a model that has those from before training.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentException">
    /// The model lacks a parameter, or has it with another shape, type or other values at the changed entries; it is unchanged then.
    /// </exception>
    public void Merge(nn.Module model) => Replace(model, entry => entry.BaseValues, entry => entry.Values, "before");

    /// <summary>Puts the values from before training back into a model that has the trained ones: the inverse of <see cref="Merge"/>, bit for bit.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentException">
    /// The model lacks a parameter, or has it with another shape, type or other values at the changed entries; it is unchanged then.
    /// </exception>
    public void Unmerge(nn.Module model) => Replace(model, entry => entry.Values, entry => entry.BaseValues, "after");

    /// <summary>How many numbers of which parameters were changed, as <c>20 entries of 2 parameters: head.weight: 12 entries of [384, 384]; ...</c>.</summary>
    public override string ToString() => Entries.Count == 0
        ? "no entries"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Count:N0} {(Count == 1 ? "entry" : "entries")} of {Entries.Count} {(Entries.Count == 1 ? "parameter" : "parameters")}: {string.Join("; ", Entries)}");

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var entry in Entries)
        {
            entry.Indices.Dispose();
            entry.BaseValues.Dispose();
            entry.Values.Dispose();
        }
    }

    private void Replace(nn.Module model, Func<SparseDeltaEntry, Tensor> expected, Func<SparseDeltaEntry, Tensor> wanted, string when)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var _ = no_grad();
        var parameters = new Dictionary<string, Parameter>(StringComparer.Ordinal);
        foreach (var (name, parameter) in model.named_parameters())
        {
            parameters[name] = parameter;
        }

        foreach (var entry in Entries)
        {
            Check(parameters, entry, expected(entry), when);
        }

        foreach (var entry in Entries)
        {
            FlatEntries.Write(parameters[entry.Name], entry.Indices, wanted(entry));
        }
    }

    private static void Check(Dictionary<string, Parameter> parameters, SparseDeltaEntry entry, Tensor expected, string when)
    {
        if (!parameters.TryGetValue(entry.Name, out var parameter))
        {
            throw new ArgumentException($"The model has no parameter '{entry.Name}', which the delta changes.", "model");
        }

        if (!parameter.shape.AsSpan().SequenceEqual(entry.Shape.ToArray()) || parameter.dtype != expected.dtype)
        {
            throw new ArgumentException(
                $"The model's parameter '{entry.Name}' is {parameter.dtype} of shape [{string.Join(", ", parameter.shape)}], "
                + $"the delta's {expected.dtype} of shape [{string.Join(", ", entry.Shape)}].", "model");
        }

        using var scope = NewDisposeScope();
        var values = FlatEntries.Read(parameter, entry.Indices).cpu();
        if (!values.eq(expected).logical_or(values.isnan().logical_and(expected.isnan())).all().item<bool>())
        {
            throw new ArgumentException(
                $"The model's parameter '{entry.Name}' does not have the values that it had {when} training: "
                + "it is merged already or not yet, or it is another model.",
                "model");
        }
    }
}
