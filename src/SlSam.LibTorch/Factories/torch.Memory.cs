using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    private static ScalarType s_defaultType = ScalarType.Float32;

    public static ScalarType get_default_dtype() => s_defaultType;

    public static void set_default_dtype(ScalarType dtype)
    {
        if (!is_floating_point(dtype)) throw new ArgumentException($"Only floating-point types can be the default type, not {dtype}.", nameof(dtype));
        s_defaultType = dtype;
    }

    public static void set_default_tensor_type(Tensor t) => set_default_dtype(t.dtype);

    /// <summary>A tensor with a copy of an array's elements, in the order in which they lie in memory.</summary>
    internal static unsafe Tensor CopiedTensor(Array array, ReadOnlySpan<long> shape)
    {
        var type = ElementTypes.Of(array.GetType().GetElementType()!);
        var length = 1L;
        foreach (var size in shape) length *= size;
        if (length > array.LongLength) throw new ArgumentException($"mismatched total size creating a tensor from an array: {length} vs. {array.LongLength}");
        var bytes = length * type.ElementSize();
        void* handle;
        fixed (long* sizes = shape)
        fixed (byte* data = &MemoryMarshal.GetArrayDataReference(array))
        {
            Native.Check(Native.slsam_tensor_copy(data, bytes, sizes, shape.Length, (int)type, &handle));
        }
        return new Tensor((nint)handle);
    }

    /// <summary>A tensor on an array's own memory: what is written to one is seen by the other.</summary>
    internal static unsafe Tensor SharedTensor(Array array, ReadOnlySpan<long> shape, ScalarType? dtype = null, long offset = 0)
    {
        var type = dtype ?? ElementTypes.Of(array.GetType().GetElementType()!);
        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        try
        {
            void* handle;
            fixed (long* sizes = shape)
            {
                Native.Check(Native.slsam_tensor_wrap((byte*)pin.AddrOfPinnedObject() + offset, sizes, shape.Length, (int)type, &Unpin, GCHandle.ToIntPtr(pin), &handle));
            }
            return new Tensor((nint)handle);
        }
        catch
        {
            pin.Free();
            throw;
        }
    }

    /// <summary>Converts and moves a tensor made here to where it is wanted; the original is disposed if that makes another.</summary>
    internal static Tensor Placed(Tensor made, ScalarType? dtype, Device? device, bool requires_grad)
    {
        var target = InitializeDevice(device);
        var type = dtype ?? made.dtype;
        var placed = made;
        if (type != made.dtype || target.type != made.device_type)
        {
            placed = made.to(type, target);
            made.Dispose();
        }
        return requires_grad ? placed.requires_grad_() : placed;
    }

    [UnmanagedCallersOnly]
    private static void Unpin(nint pin) => GCHandle.FromIntPtr(pin).Free();

    private static long[] ShapeOf(Array array)
    {
        var shape = new long[array.Rank];
        for (var d = 0; d < shape.Length; d++) shape[d] = array.GetLongLength(d);
        return shape;
    }

    private static void RefuseNames(string[]? names)
    {
        if (names is not null) throw new NotSupportedException("Named dimensions are not supported here.");
    }
}
