using System.Runtime.InteropServices;

namespace SlSam;

/// <summary>A number that two processes come to, but for an unlikely chance, only from the same values in the same order (FNV-1a).</summary>
internal struct Fingerprint
{
    private ulong _hash;

    public Fingerprint() => _hash = 14695981039346656037UL;

    /// <summary>As many bits of it as a number that travels between processes holds exactly.</summary>
    public readonly double Value => _hash >> 11;

    public void Add(long value) => _hash = (_hash ^ (ulong)value ^ ((ulong)value >> 32)) * 1099511628211UL;

    public void Add(double value) => Add(BitConverter.DoubleToInt64Bits(value));

    public void Add(string text)
    {
        Add(text.Length);
        foreach (var character in text)
        {
            Add(character);
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, long>(bytes);
        foreach (var word in words)
        {
            Add(word);
        }

        foreach (var rest in bytes[(sizeof(long) * words.Length)..])
        {
            Add(rest);
        }
    }
}
