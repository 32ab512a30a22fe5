using System.Numerics;

namespace TorchSharp;

/// <summary>A number whose type is known at run time: a 64-bit integer, a double, a truth value or a complex number, as in libtorch.</summary>
public sealed class Scalar : IDisposable
{
    private Scalar(ValueKind kind, long bits, object? imaginary = null)
    {
        Kind = kind;
        Bits = bits;
        Imaginary = imaginary;
    }

    private Scalar(double value) : this(ValueKind.Double, BitConverter.DoubleToInt64Bits(value))
    {
    }

    internal ValueKind Kind { get; }

    internal long Bits { get; }

    internal object? Imaginary { get; }

    internal static Scalar From(in NativeValue value) => value.Kind == ValueKind.Complex
        ? new Complex(value.Number, value.Imaginary)
        : new Scalar(value.Kind, value.Integer);

    public torch.ScalarType Type => Kind switch
    {
        ValueKind.Double => torch.ScalarType.Float64,
        ValueKind.Bool => torch.ScalarType.Bool,
        ValueKind.Complex => torch.ScalarType.ComplexFloat64,
        _ => torch.ScalarType.Int64,
    };

    internal double Real => Kind is ValueKind.Double or ValueKind.Complex ? BitConverter.Int64BitsToDouble(Bits) : Bits;

    internal long Integer => Kind is ValueKind.Double or ValueKind.Complex ? checked((long)Real) : Bits;

    public static implicit operator Scalar(byte value) => new(ValueKind.Int, value);

    public static implicit operator Scalar(sbyte value) => new(ValueKind.Int, value);

    public static implicit operator Scalar(short value) => new(ValueKind.Int, value);

    public static implicit operator Scalar(int value) => new(ValueKind.Int, value);

    public static implicit operator Scalar(long value) => new(ValueKind.Int, value);

    public static implicit operator Scalar(Half value) => new((double)value);

    public static implicit operator Scalar(float value) => new(value);

    public static implicit operator Scalar(double value) => new(value);

    public static implicit operator Scalar(bool value) => new(ValueKind.Bool, value ? 1 : 0);

    public static implicit operator Scalar((float, float) value) => new Complex(value.Item1, value.Item2);

    public static implicit operator Scalar(Complex value) => new(ValueKind.Complex, BitConverter.DoubleToInt64Bits(value.Real), value.Imaginary);

    /// <summary>Does nothing: the value lives in managed memory.</summary>
    public void Dispose()
    {
    }
}
