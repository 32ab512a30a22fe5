using System.Runtime.CompilerServices;
using System.Text;

namespace TorchSharp;

/// <summary>One value for an operator's stack. Native code converts it to what the operator's schema asks for.</summary>
internal readonly struct Argument
{
    private readonly object? _object;
    private readonly long _bits;
    private readonly int _extra;
    private readonly ValueKind _kind;

    private Argument(ValueKind kind, object? reference = null, long bits = 0, int extra = 0)
    {
        _kind = kind;
        _object = reference;
        _bits = bits;
        _extra = extra;
    }

    /// <summary>No value: None, or an undefined tensor.</summary>
    public static Argument None => default;

    /// <summary>The default value that the operator's schema states.</summary>
    public static Argument Default => new(ValueKind.Default);

    public static implicit operator Argument(torch.Tensor? value) => value is null ? None : new(ValueKind.Tensor, value);
    public static implicit operator Argument(Scalar? value) => value is null ? None : new(value.Kind, value.Imaginary, value.Bits);
    public static implicit operator Argument(long value) => new(ValueKind.Int, null, value);
    public static implicit operator Argument(int value) => new(ValueKind.Int, null, value);
    public static implicit operator Argument(double value) => new(ValueKind.Double, null, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Argument(bool value) => new(ValueKind.Bool, null, value ? 1 : 0);
    public static implicit operator Argument(long? value) => value is long l ? l : None;
    public static implicit operator Argument(double? value) => value is double d ? d : None;
    public static implicit operator Argument(bool? value) => value is bool b ? b : None;
    public static implicit operator Argument(string? value) => value is null ? None : new(ValueKind.String, value);
    public static implicit operator Argument(long[]? value) => value is null ? None : new(ValueKind.IntList, value);
    public static implicit operator Argument(ReadOnlySpan<long> value) => new(ValueKind.IntList, value.ToArray());
    public static implicit operator Argument(double[]? value) => value is null ? None : new(ValueKind.DoubleList, value);
    public static implicit operator Argument(bool[]? value) => value is null ? None : new(ValueKind.BoolList, value);
    public static implicit operator Argument(torch.Tensor?[]? value) => value is null ? None : new(ValueKind.TensorList, value);
    public static implicit operator Argument(List<torch.Tensor> value) => List(value);
    public static implicit operator Argument(torch.ScalarType? value) => value is { } type ? new(ValueKind.ScalarType, null, (long)type) : None;
    public static implicit operator Argument(torch.ScalarType value) => new(ValueKind.ScalarType, null, (long)value);
    public static implicit operator Argument(torch.Device? value) => value is null ? None : new(ValueKind.Device, null, (long)value.type, value.index);
    public static implicit operator Argument(torch.Generator? value) => value is null ? None : new(ValueKind.Generator, value);

    /// <summary>A list of tensors; null elements are None.</summary>
    public static Argument List(IEnumerable<torch.Tensor?> tensors) => tensors as torch.Tensor?[] ?? tensors.ToArray();

    /// <summary>A list of integers.</summary>
    public static Argument List(IEnumerable<long> values) => values as long[] ?? values.ToArray();

    /// <summary>The bytes that <see cref="Write"/> needs for what does not fit into the value itself.</summary>
    public int ScratchSize => _kind switch
    {
        ValueKind.String => Align(Encoding.UTF8.GetByteCount((string)_object!)),
        ValueKind.IntList => Unsafe.As<long[]>(_object!).Length * sizeof(long),
        ValueKind.DoubleList => Unsafe.As<double[]>(_object!).Length * sizeof(double),
        ValueKind.BoolList => Align(Unsafe.As<bool[]>(_object!).Length),
        ValueKind.TensorList => Unsafe.As<torch.Tensor?[]>(_object!).Length * sizeof(long),
        _ => 0,
    };

    private static int Align(int bytes) => (bytes + 7) & ~7;

    /// <summary>Writes this value for native code and advances <paramref name="scratch"/> over what was written there.</summary>
    public unsafe void Write(NativeValue* value, ref byte* scratch)
    {
        value->Kind = _kind;
        value->Extra = _extra;
        value->Integer = _bits;
        value->Count = 0;
        switch (_kind)
        {
            case ValueKind.Tensor:
                value->Pointer = (void*)Unsafe.As<torch.Tensor>(_object!).Handle;
                break;
            case ValueKind.Generator:
                value->Pointer = Unsafe.As<torch.Generator>(_object!).Native;
                break;
            case ValueKind.Complex:
                value->Imaginary = (double)_object!;
                break;
            case ValueKind.String:
                var text = (string)_object!;
                value->Pointer = scratch;
                value->Count = Encoding.UTF8.GetBytes(text, new Span<byte>(scratch, Encoding.UTF8.GetByteCount(text)));
                break;
            case ValueKind.IntList:
                Copy(Unsafe.As<long[]>(_object!), value, scratch);
                break;
            case ValueKind.DoubleList:
                Copy(Unsafe.As<double[]>(_object!), value, scratch);
                break;
            case ValueKind.BoolList:
                Copy(Unsafe.As<bool[]>(_object!), value, scratch);
                break;
            case ValueKind.TensorList:
                var tensors = Unsafe.As<torch.Tensor?[]>(_object!);
                value->Pointer = scratch;
                value->Count = tensors.Length;
                for (var i = 0; i < tensors.Length; i++) ((nint*)scratch)[i] = tensors[i]?.Handle ?? 0;
                break;
            default:
                return;
        }
        scratch += ScratchSize;
    }

    private static unsafe void Copy<T>(T[] source, NativeValue* value, byte* scratch) where T : unmanaged
    {
        value->Pointer = scratch;
        value->Count = source.Length;
        source.CopyTo(new Span<T>(scratch, source.Length));
    }
}
