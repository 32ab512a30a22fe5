using System.Buffers.Binary;
using System.Text;

namespace SlSam.Reliability.Tests.Fuzzing;

/// <summary>Safetensors files made up at random: some right, most with a length, a shape or a range that is not.</summary>
internal static class MadeUpSafetensors
{
    private static readonly (string Name, int Size)[] s_types =
    [
        ("F64", 8), ("F32", 4), ("F16", 2), ("BF16", 2), ("I64", 8), ("I32", 4), ("I16", 2), ("I8", 1), ("U8", 1), ("BOOL", 1), ("F8_E4M3", 1), ("U64", 8), ("", 1),
    ];

    public static byte[] Make(Random random, IReadOnlyList<string> names)
    {
        var header = new StringBuilder("{");
        long end = 0;
        for (var count = random.Next(6); count > 0; count--)
        {
            var (type, size) = s_types[random.Next(s_types.Length)];
            var shape = Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(20) == 0 ? random.NextInt64() : random.Next(5)).ToList();
            var length = shape.Aggregate((long)size, (bytes, dimension) => unchecked(bytes * dimension));
            var begin = end + (random.Next(15) == 0 ? random.Next(-3, 4) : 0);
            end = unchecked(begin + length + (random.Next(15) == 0 ? random.Next(-3, 4) : 0));
            header.Append(header.Length > 1 ? "," : "")
                .Append($$"""
                    "{{names[random.Next(names.Count)]}}":{"dtype":"{{type}}","shape":[{{string.Join(',', shape)}}],"data_offsets":[{{begin}},{{end}}]}
                    """);
        }

        if (random.Next(3) == 0)
        {
            header.Append(header.Length > 1 ? "," : "").Append("\"__metadata__\":{\"format\":\"pt\"}");
        }

        var data = new byte[Math.Clamp(end, 0, 4096)];
        random.NextBytes(data);
        return File(Encoding.UTF8.GetBytes(header.Append('}').ToString()), data);
    }

    /// <summary>Writes the length of the header that is there: up to the brace that closes the object, or to the end.</summary>
    public static byte[] Mend(byte[] bytes)
    {
        if (bytes.Length < 10)
        {
            return bytes;
        }

        var (depth, end) = (0, 8);
        while (end < bytes.Length)
        {
            depth += bytes[end] switch { (byte)'{' => 1, (byte)'}' => -1, _ => 0 };
            end++;
            if (depth == 0)
            {
                break;
            }
        }

        byte[] mended = [.. bytes];
        BinaryPrimitives.WriteInt64LittleEndian(mended, end - 8);
        return mended;
    }

    public static byte[] File(byte[] header, byte[] data)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. data];
    }
}
