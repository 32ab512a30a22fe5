namespace SlSam;

/// <summary>What <see cref="SafetensorsFile.LoadInto"/> did.</summary>
public sealed class SafetensorsLoadResult
{
    internal SafetensorsLoadResult(IReadOnlyList<string> loaded, IReadOnlyList<string> missing, IReadOnlyList<string> unused)
    {
        Loaded = loaded;
        Missing = missing;
        Unused = unused;
    }

    /// <summary>Names, in the module, of the parameters and buffers that were filled.</summary>
    public IReadOnlyList<string> Loaded { get; }

    /// <summary>Names, in the module, of those that were to be filled, and that the file does not have.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Names, in the file, of tensors that nothing in the module asked for.</summary>
    public IReadOnlyList<string> Unused { get; }
}
