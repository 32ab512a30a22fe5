namespace TorchSharp;

public static partial class torch
{
    public static FInfo finfo() => finfo(get_default_dtype());

    /// <exception cref="ArgumentException"><paramref name="dtype"/> is neither floating-point nor complex.</exception>
    public static FInfo finfo(ScalarType dtype) => dtype switch
    {
        ScalarType.Float16 => Of(bits: 16, mantissa: 10, exponent: 15, digits: 3),
        ScalarType.BFloat16 => Of(bits: 16, mantissa: 7, exponent: 127, digits: 2),
        ScalarType.Float32 or ScalarType.ComplexFloat32 => Of(bits: 32, mantissa: 23, exponent: 127, digits: 6),
        ScalarType.Float64 or ScalarType.ComplexFloat64 => Of(bits: 64, mantissa: 52, exponent: 1023, digits: 15),
        _ => throw new ArgumentException($"Only floating-point and complex types have limits of precision, not {dtype}.", nameof(dtype)),
    };

    private static FInfo Of(int bits, int mantissa, int exponent, int digits)
    {
        var epsilon = Math.Pow(2, -mantissa);
        var largest = (2 - epsilon) * Math.Pow(2, exponent);
        var tiny = Math.Pow(2, 1 - exponent);
        return new FInfo { bits = bits, eps = epsilon, max = largest, min = -largest, tiny = tiny, smallest_normal = tiny, resolution = Math.Round(Math.Pow(10, -digits), digits) };
    }

    /// <summary>The range and precision of a floating-point type.</summary>
    public struct FInfo
    {
        public int bits;
        public double eps;
        public double max;
        public double min;
        public double tiny;
        public double smallest_normal;
        public double resolution;
    }
}
