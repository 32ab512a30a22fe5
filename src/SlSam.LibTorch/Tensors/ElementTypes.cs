using System.Numerics;

namespace TorchSharp;

/// <summary>Which .NET type holds an element of which <see cref="torch.ScalarType"/>.</summary>
internal static class ElementTypes
{
    /// <exception cref="ArgumentException">Elements of <paramref name="dtype"/> are not <paramref name="type"/>s.</exception>
    public static void Require(torch.ScalarType dtype, Type type)
    {
        if (Of(dtype) != type) throw new ArgumentException($"{type.Name} is not compatible with {dtype}; {Of(dtype)?.Name ?? "no .NET type"} is.");
    }

    public static torch.ScalarType Of(Type type)
    {
        if (type == typeof(float)) return torch.ScalarType.Float32;
        if (type == typeof(double)) return torch.ScalarType.Float64;
        if (type == typeof(long)) return torch.ScalarType.Int64;
        if (type == typeof(int)) return torch.ScalarType.Int32;
        if (type == typeof(short)) return torch.ScalarType.Int16;
        if (type == typeof(sbyte)) return torch.ScalarType.Int8;
        if (type == typeof(byte)) return torch.ScalarType.Byte;
        if (type == typeof(bool)) return torch.ScalarType.Bool;
        if (type == typeof(Half)) return torch.ScalarType.Float16;
        if (type == typeof((float, float))) return torch.ScalarType.ComplexFloat32;
        if (type == typeof(Complex)) return torch.ScalarType.ComplexFloat64;
        throw new NotSupportedException($"No tensor has elements of type {type.Name}.");
    }

    /// <summary>How many bytes an element takes; 0 where it is not stored in such a way, or there is no such type.</summary>
    public static int SizeOf(torch.ScalarType dtype) => dtype switch
    {
        torch.ScalarType.Byte or torch.ScalarType.Int8 or torch.ScalarType.Bool => 1,
        torch.ScalarType.Int16 or torch.ScalarType.Float16 or torch.ScalarType.BFloat16 => 2,
        torch.ScalarType.Int32 or torch.ScalarType.Float32 => 4,
        torch.ScalarType.Int64 or torch.ScalarType.Float64 or torch.ScalarType.ComplexFloat32 => 8,
        torch.ScalarType.ComplexFloat64 => 16,
        _ => 0,
    };

    private static Type? Of(torch.ScalarType dtype) => dtype switch
    {
        torch.ScalarType.Float32 => typeof(float),
        torch.ScalarType.Float64 => typeof(double),
        torch.ScalarType.Int64 => typeof(long),
        torch.ScalarType.Int32 => typeof(int),
        torch.ScalarType.Int16 => typeof(short),
        torch.ScalarType.Int8 => typeof(sbyte),
        torch.ScalarType.Byte => typeof(byte),
        torch.ScalarType.Bool => typeof(bool),
        torch.ScalarType.Float16 => typeof(Half),
        torch.ScalarType.ComplexFloat32 => typeof((float, float)),
        torch.ScalarType.ComplexFloat64 => typeof(Complex),
        _ => null,
    };
}
