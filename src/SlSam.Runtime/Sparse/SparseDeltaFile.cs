using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// A sparse delta as a safetensors file: for each parameter the tensors <c>NAME.indices</c>, <c>NAME.base</c> and <c>NAME.values</c>, and in the metadata its
/// shape as <c>shape:NAME</c>.
/// </summary>
internal static class SparseDeltaFile
{
    private const string FormatKey = "format";
    private const string Format = "SlSam sparse delta 1";
    private const string ShapePrefix = "shape:";
    private const string Indices = ".indices";
    private const string BaseValues = ".base";
    private const string Values = ".values";

    public static void Write(string path, IReadOnlyList<SparseDeltaEntry> entries)
    {
        var metadata = new Dictionary<string, string> { [FormatKey] = Format };
        var tensors = new List<KeyValuePair<string, Tensor>>();
        foreach (var entry in entries)
        {
            metadata[ShapePrefix + entry.Name] = string.Join(',', entry.Shape);
            tensors.Add(new(entry.Name + Indices, entry.Indices));
            tensors.Add(new(entry.Name + BaseValues, entry.BaseValues));
            tensors.Add(new(entry.Name + Values, entry.Values));
        }

        SafetensorsWriter.Write(path, tensors, metadata);
    }

    /// <exception cref="InvalidDataException">The file is no sparse delta, or it contradicts itself.</exception>
    public static IReadOnlyList<SparseDeltaEntry> Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        if (file.Metadata.GetValueOrDefault(FormatKey) != Format)
        {
            throw Refuse(file, $"it does not say '{Format}' in its metadata");
        }

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var entries = new List<SparseDeltaEntry>();
        var shapes = file.Metadata.Where(pair => pair.Key.StartsWith(ShapePrefix, StringComparison.Ordinal));
        foreach (var (key, shape) in shapes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            entries.Add(Read(file, key[ShapePrefix.Length..], shape));
        }

        if (file.Entries.Count != 3 * entries.Count)
        {
            throw Refuse(file, $"it has {file.Entries.Count} tensors for {entries.Count} parameters, which have three each");
        }

        foreach (var entry in entries)
        {
            entry.Indices.DetachFromDisposeScope();
            entry.BaseValues.DetachFromDisposeScope();
            entry.Values.DetachFromDisposeScope();
        }

        return entries;
    }

    private static SparseDeltaEntry Read(SafetensorsFile file, string name, string shapeText)
    {
        var shape = ParseShape(file, name, shapeText, out var size);
        foreach (var part in new[] { Indices, BaseValues, Values })
        {
            if (!file.Contains(name + part))
            {
                throw Refuse(file, $"it has no tensor '{name}{part}'");
            }
        }

        var indices = file.Read(name + Indices);
        var baseValues = file.Read(name + BaseValues);
        var values = file.Read(name + Values);
        if (indices.dtype != ScalarType.Int64 || indices.dim() != 1)
        {
            throw Refuse(file, $"'{name}{Indices}' is {indices.dtype} of {indices.dim()} dimensions, but must be int64 of one");
        }

        var count = indices.shape[0];
        if (!values.is_floating_point() || values.dtype != baseValues.dtype || values.dim() != 1 || baseValues.dim() != 1
            || values.shape[0] != count || baseValues.shape[0] != count)
        {
            throw Refuse(file, $"'{name}{BaseValues}' and '{name}{Values}' are not two vectors of {count} floating-point numbers of one type");
        }

        CheckIndices(file, name, indices, size);
        return new SparseDeltaEntry(name, shape, indices, baseValues, values);
    }

    private static long[] ParseShape(SafetensorsFile file, string name, string text, out long size)
    {
        size = 1;
        var shape = new List<long>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var dimension) || dimension < 1 || size > long.MaxValue / dimension)
            {
                throw Refuse(file, $"the shape '{text}' of '{name}' is not one of positive whole numbers");
            }

            shape.Add(dimension);
            size *= dimension;
        }

        return [.. shape];
    }

    private static void CheckIndices(SafetensorsFile file, string name, Tensor indices, long size)
    {
        long previous = -1;
        foreach (var index in indices.data<long>())
        {
            if (index <= previous || index >= size)
            {
                throw Refuse(file, $"the index {index} in '{name}{Indices}' is not greater than the one before it, or not below {size}");
            }

            previous = index;
        }
    }

    private static InvalidDataException Refuse(SafetensorsFile file, string reason) =>
        new($"'{file.Path}' cannot be read as a sparse delta: {reason}.");
}
