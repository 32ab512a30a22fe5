using System.Buffers.Binary;
using System.Text;

namespace SlSam.Reliability.Tests.Fuzzing;

/// <summary>Damages bytes: single ones, ranges, numbers and pieces of JSON.</summary>
internal sealed class Mutator(Random random)
{
    private static readonly byte[][] s_tokens =
    [
        .. new[]
        {
            "null", "true", "false", "{}", "[]", "\"\"", "0", "-0", "-1", "1.5", "1e308", "1e999", "-1e-999", "9223372036854775807", "9223372036854775808",
            "18446744073709551615", "4294967296", "2147483648", "00", "NaN", "[[[[[[[[", "]]]]", "{\"a\":", "}", "{", ",", ":", "\"", "\\", "\\ud800", "\\u0000", "\\x",
            "\"..\"", "../outside.safetensors", "/", "\\\\", "(?=", "(a+)+$", "[", "*", "{1000000}", "\ufeff", "\u2028", " ", "\n",
        }.Select(Encoding.UTF8.GetBytes),
        [0], [0xff], [0xc3], [0xed, 0xa0, 0x80], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
    ];

    /// <summary>A damaged copy.</summary>
    /// <param name="source">What is damaged.</param>
    /// <param name="other">Where foreign pieces are taken from.</param>
    public byte[] Mutate(byte[] source, byte[] other)
    {
        var bytes = new List<byte>(source);
        for (var count = 1 + random.Next(4) * random.Next(3); count > 0; count--)
        {
            MutateOnce(bytes, other);
        }

        return [.. bytes];
    }

    private void MutateOnce(List<byte> bytes, byte[] other)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(bytes.Count - at, random.Next(1, 1 << random.Next(1, 8)));
        switch (random.Next(12))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                bytes.InsertRange(at, s_tokens[random.Next(s_tokens.Length)]);
                break;
            case 6:
                bytes.RemoveRange(at, length);
                bytes.InsertRange(at, s_tokens[random.Next(s_tokens.Length)]);
                break;
            case 7 when other.Length > 0:
                var from = random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, random.Next(1, 200))).ToArray());
                break;
            case 8 when bytes.Count - at >= 8:
                Span<byte> number = stackalloc byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(number, random.Next(4) switch { 0 => long.MaxValue, 1 => -1, 2 => 1L << random.Next(63), _ => random.Next() });
                for (var index = 0; index < 8; index++)
                {
                    bytes[at + index] = number[index];
                }

                break;
            case 9:
                ReplaceNumber(bytes, at);
                break;
            case 10:
                ReplaceValue(bytes, at);
                break;
            default:
                for (var index = at; index < at + length; index++)
                {
                    bytes[index] = (byte)random.Next(256);
                }

                break;
        }
    }

    /// <summary>Writes another number in the place of the next that is written in digits.</summary>
    private void ReplaceNumber(List<byte> bytes, int at)
    {
        var begin = bytes.FindIndex(at, each => each is >= (byte)'0' and <= (byte)'9');
        if (begin >= 0)
        {
            var end = begin;
            while (end < bytes.Count && bytes[end] is >= (byte)'0' and <= (byte)'9')
            {
                end++;
            }

            bytes.RemoveRange(begin, end - begin);
            bytes.InsertRange(begin, Encoding.ASCII.GetBytes(random.Next(5) switch
            {
                0 => $"{random.Next(-2, 20)}",
                1 => $"{1L << random.Next(63)}",
                2 => $"{random.NextInt64()}",
                3 => $"{random.NextDouble()}",
                _ => $"{ulong.MaxValue}{random.Next(10)}",
            }));
        }
    }

    /// <summary>Writes a token in the place of the next value in JSON.</summary>
    private void ReplaceValue(List<byte> bytes, int at)
    {
        var begin = bytes.FindIndex(at, each => each == (byte)':');
        if (begin >= 0)
        {
            var end = bytes.FindIndex(begin, each => each is (byte)',' or (byte)'}');
            bytes.RemoveRange(begin + 1, Math.Max(0, end - begin - 1));
            bytes.InsertRange(begin + 1, s_tokens[random.Next(s_tokens.Length)]);
        }
    }
}
