using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>Writes tensors to a safetensors file.</summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;
    private const int ChunkSize = 1 << 28;

    /// <summary>
    /// Writes tensors to a file, each in its own element type. The file appears under its name when it is complete: it is written
    /// beside that name, flushed to the disk and renamed, replacing a file that is there.
    /// </summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="tensors">Names and tensors, on any device; they are not disposed.</param>
    /// <param name="metadata">Pairs of text to note in the file.</param>
    /// <exception cref="ArgumentException">
    /// A name appears twice or is reserved, or a tensor has an element type that the format lacks.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written; one that was there is unchanged.</exception>
    public static void Write(
        string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        WholeFile.Write(path, Content(tensors, metadata));
    }

    /// <summary>Checks tensors and lays them out.</summary>
    /// <returns>What writes them to a stream.</returns>
    internal static Action<Stream> Content(IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var layout = Layout(tensors);
        byte[] header = Header(layout, metadata);
        return stream =>
        {
            Span<byte> length = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var item in layout)
                WriteValues(stream, item.Tensor, item.ElementSize);
        };
    }

    /// <summary>The widest elements first, so that each tensor lies aligned to its elements; then by name.</summary>
    private static List<Item> Layout(IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        var items = new List<Item>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, tensor) in tensors)
        {
            if (name == SafetensorsHeader.MetadataKey || !names.Add(name))
                throw new ArgumentException($"The name '{name}' is given twice or reserved by the format.", nameof(tensors));
            if (!SafetensorsElementType.TryFormat(tensor.dtype, out string type, out int size))
                throw new ArgumentException(
                    $"'{name}' has the element type {tensor.dtype}; the format knows {SafetensorsElementType.AllNames}.", nameof(tensors));
            items.Add(new Item(name, tensor, type, size));
        }
        return [.. items.OrderByDescending(item => item.ElementSize).ThenBy(item => item.Name, StringComparer.Ordinal)];
    }

    private static byte[] Header(List<Item> layout, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(SafetensorsHeader.MetadataKey);
                foreach (var (key, value) in metadata)
                    json.WriteString(key, value);
                json.WriteEndObject();
            }
            long offset = 0;
            foreach (var item in layout)
            {
                json.WriteStartObject(item.Name);
                json.WriteString("dtype", item.TypeName);
                long end = offset + item.Tensor.NumberOfElements * item.ElementSize;
                WriteNumbers(json, "shape", item.Tensor.shape);
                WriteNumbers(json, "data_offsets", offset, end);
                json.WriteEndObject();
                offset = end;
            }
            json.WriteEndObject();
        }
        while (buffer.Length % Alignment != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, params long[] numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static void WriteValues(Stream stream, Tensor tensor, int elementSize)
    {
        long elements = tensor.NumberOfElements;
        if (elements == 0)
            return;
        using var scope = NewDisposeScope();
        var flat = tensor.detach().cpu().contiguous().view(-1);
        long elementsPerChunk = ChunkSize / elementSize;
        for (long first = 0; first < elements; first += elementsPerChunk)
        {
            using var chunk = flat.narrow(0, first, Math.Min(elementsPerChunk, elements - first));
            stream.Write(chunk.bytes);
        }
    }

    private readonly record struct Item(string Name, Tensor Tensor, string TypeName, int ElementSize);
}
