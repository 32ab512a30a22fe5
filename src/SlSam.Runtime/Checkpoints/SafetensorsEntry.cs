using static TorchSharp.torch;

namespace SlSam;

/// <summary>One tensor of a safetensors file, as the file's header describes it.</summary>
public sealed class SafetensorsEntry
{
    internal SafetensorsEntry(string name, ScalarType dtype, IReadOnlyList<long> shape, long offset, long byteLength)
    {
        Name = name;
        DType = dtype;
        Shape = shape;
        Offset = offset;
        ByteLength = byteLength;
    }

    /// <summary>The tensor's name in the file.</summary>
    public string Name { get; }

    /// <summary>The element type in which the file stores it.</summary>
    public ScalarType DType { get; }

    /// <summary>The sizes of its dimensions; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The number of bytes that its values take in the file.</summary>
    public long ByteLength { get; }

    /// <summary>Where its values begin, in bytes from the beginning of the data that follow the header.</summary>
    internal long Offset { get; }

    /// <summary>Name, element type and shape, as <c>encoder.weight: Float16 [384, 384]</c>.</summary>
    public override string ToString() => $"{Name}: {DType} [{string.Join(", ", Shape)}]";
}
