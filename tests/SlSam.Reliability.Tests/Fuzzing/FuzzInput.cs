namespace SlSam.Reliability.Tests.Fuzzing;

/// <summary>What a reader is given: one or several files by name.</summary>
internal sealed class FuzzInput : SortedDictionary<string, byte[]>
{
    public FuzzInput()
        : base(StringComparer.Ordinal)
    {
    }

    public FuzzInput(FuzzInput other)
        : base(other, StringComparer.Ordinal)
    {
    }

    public long Length => Values.Sum(bytes => (long)bytes.Length);

    /// <summary>Writes the files into a folder.</summary>
    public void Write(string folder)
    {
        foreach (var (name, bytes) in this)
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
    }
}
