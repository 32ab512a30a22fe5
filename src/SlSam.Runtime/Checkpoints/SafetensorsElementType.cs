using static TorchSharp.torch;

namespace SlSam;

/// <summary>The element types that a safetensors file and torch have in common: their names in the header, their sizes in bytes.</summary>
internal static class SafetensorsElementType
{
    private static readonly (string Name, ScalarType Type, int Size)[] Known =
    [
        ("F64", ScalarType.Float64, 8), ("F32", ScalarType.Float32, 4), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4), ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    internal static string AllNames { get; } = string.Join(", ", Known.Select(known => known.Name));

    internal static bool TryParse(string name, out ScalarType type, out int size)
    {
        foreach (var known in Known)
            if (known.Name == name)
            {
                (type, size) = (known.Type, known.Size);
                return true;
            }
        (type, size) = (default, 0);
        return false;
    }

    internal static bool TryFormat(ScalarType type, out string name, out int size)
    {
        foreach (var known in Known)
            if (known.Type == type)
            {
                (name, size) = (known.Name, known.Size);
                return true;
            }
        (name, size) = ("", 0);
        return false;
    }

    internal static bool IsFloatingPoint(ScalarType type) =>
        type is ScalarType.Float64 or ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16;
}
