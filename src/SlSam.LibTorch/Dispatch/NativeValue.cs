using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>What a <see cref="NativeValue"/> holds; the numbers are those of native/slsam_torch.cpp.</summary>
internal enum ValueKind
{
    None, Tensor, Int, Double, Bool, String, IntList, DoubleList, BoolList, TensorList,
    ScalarType, Device, Generator, Complex, Default, Tuple, List,
}

/// <summary>One value that crosses the boundary to native code.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal unsafe struct NativeValue
{
    [FieldOffset(0)] public ValueKind Kind;
    [FieldOffset(4)] public int Extra;
    [FieldOffset(8)] public long Integer;
    [FieldOffset(8)] public double Number;
    [FieldOffset(8)] public void* Pointer;
    [FieldOffset(16)] public long Count;
    [FieldOffset(16)] public double Imaginary;
}
