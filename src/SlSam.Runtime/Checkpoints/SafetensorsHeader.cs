using System.Text.Json;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// The JSON header of a safetensors file: an object that gives each tensor's element type, shape and byte range. All that it says is
/// checked against the length of the data, so that whoever reads a tensor afterwards can take it at its word.
/// </summary>
internal sealed class SafetensorsHeader
{
    internal const string MetadataKey = "__metadata__";
    private const int MaximumRank = 64;

    private readonly List<SafetensorsEntry> _entries = [];
    private readonly Dictionary<string, SafetensorsEntry> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);

    private SafetensorsHeader()
    {
    }

    /// <summary>In the order of the data.</summary>
    internal IReadOnlyList<SafetensorsEntry> Entries => _entries;

    internal IReadOnlyDictionary<string, SafetensorsEntry> ByName => _byName;

    internal IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <exception cref="InvalidDataException">The header contradicts itself or the length of the data.</exception>
    internal static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength)
    {
        var header = new SafetensorsHeader();
        try
        {
            header.ReadObject(json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // The reader answers malformed JSON with the first, a value of another kind or broken UTF-8 with the second.
            throw new InvalidDataException(
                $"its header is not the JSON object that a safetensors file has: {exception.Message}", exception);
        }
        header.CheckRanges(dataLength);
        return header;
    }

    private void ReadObject(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        Expect(ref reader, JsonTokenType.StartObject, "at its beginning");
        while (ReadProperty(ref reader) is { } name)
        {
            if (name == MetadataKey)
            {
                ReadMetadata(ref reader);
                continue;
            }
            var entry = ReadEntry(ref reader, name);
            if (!_byName.TryAdd(name, entry))
                throw new InvalidDataException($"its header describes the tensor '{name}' twice");
            _entries.Add(entry);
        }
        reader.Read(); // throws where anything but white space follows
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject, $"as '{MetadataKey}'");
        while (ReadProperty(ref reader) is { } key)
        {
            Expect(ref reader, JsonTokenType.String, $"as '{key}' of '{MetadataKey}'");
            _metadata[key] = reader.GetString()!;
        }
    }

    private static SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        string? typeName = null;
        List<long>? shape = null, range = null;
        Expect(ref reader, JsonTokenType.StartObject, $"for the tensor '{name}'");
        while (ReadProperty(ref reader) is { } property)
        {
            switch (property)
            {
                case "dtype" when typeName is null:
                    Expect(ref reader, JsonTokenType.String, $"as dtype of '{name}'");
                    typeName = reader.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref reader, name, property, MaximumRank);
                    break;
                case "data_offsets" when range is null:
                    range = ReadNumbers(ref reader, name, property, 2);
                    break;
                default:
                    throw new InvalidDataException($"its header has an unknown or repeated property '{property}' for the tensor '{name}'");
            }
        }
        if (typeName is null || shape is null || range is not { Count: 2 })
            throw new InvalidDataException($"its header lacks dtype, shape or the two data_offsets of the tensor '{name}'");
        if (!SafetensorsElementType.TryParse(typeName, out ScalarType type, out int size))
            throw new InvalidDataException(
                $"the tensor '{name}' has the element type '{typeName}'; known are {SafetensorsElementType.AllNames}");

        long begin = range[0], end = range[1];
        if (end < begin || ByteLength(shape, size) != end - begin)
            throw new InvalidDataException(
                $"the tensor '{name}' of type {typeName} and shape [{string.Join(", ", shape)}] cannot be the bytes {begin} to {end}");
        return new SafetensorsEntry(name, type, shape, begin, end - begin);
    }

    /// <summary>The bytes that a shape takes, or -1 if no file is that long.</summary>
    private static long ByteLength(List<long> shape, int elementSize)
    {
        // Dimensions of zero count as one at first: torch computes strides from the others, and those must not overflow either.
        long bytes = elementSize;
        foreach (long dimension in shape)
        {
            long factor = Math.Max(dimension, 1);
            if (bytes > long.MaxValue / factor)
                return -1;
            bytes *= factor;
        }
        return shape.Contains(0) ? 0 : bytes;
    }

    private void CheckRanges(long dataLength)
    {
        _entries.Sort((left, right) =>
            left.Offset != right.Offset ? left.Offset.CompareTo(right.Offset) : left.ByteLength.CompareTo(right.ByteLength));
        long end = 0;
        foreach (var entry in _entries)
        {
            if (entry.Offset != end)
                throw new InvalidDataException(
                    $"the tensor '{entry.Name}' begins at byte {entry.Offset} of the data, "
                    + $"{(entry.Offset < end ? "inside" : "behind a gap after")} the one that ends at byte {end}");
            end += entry.ByteLength;
            if (end > dataLength)
                throw new InvalidDataException(
                    $"it is truncated: the tensor '{entry.Name}' ends at byte {end} of the data, of which there are {dataLength}");
        }
        if (end != dataLength)
            throw new InvalidDataException($"its tensors end at byte {end} of the data, of which there are {dataLength}");
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader reader, string name, string property, int most)
    {
        Expect(ref reader, JsonTokenType.StartArray, $"as {property} of '{name}'");
        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0 || numbers.Count == most)
                throw new InvalidDataException(
                    $"{property} of the tensor '{name}' is not a list of at most {most} whole numbers from 0 on");
            numbers.Add(number);
        }
        return numbers;
    }

    /// <summary>The name of the next property, or null at the end of the object.</summary>
    private static string? ReadProperty(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.EndObject ? null : reader.GetString();
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string where)
    {
        if (!reader.Read() || reader.TokenType != type)
            throw new InvalidDataException($"its header has no {type} {where}");
    }
}
