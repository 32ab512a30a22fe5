using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>
/// One ATen operator, found once in libtorch's dispatcher and called boxed.
/// Trailing arguments that the caller leaves out take the defaults of the operator's schema.
/// </summary>
/// <param name="name">The operator's qualified name, e.g. <c>aten::add</c>.</param>
/// <param name="overload">The name of its overload, e.g. <c>Tensor</c>; empty for the one that has none.</param>
internal sealed unsafe class Operator(string name, string overload = "")
{
    private const int StackBytes = 1024;

    private void* _native;

    private void* Resolved
    {
        get
        {
            if (_native == null) Resolve();
            return _native;
        }
    }

    /// <summary>The operator if this libtorch has it, else null.</summary>
    public static Operator? IfExists(string name, string overload = "")
    {
        void* native;
        return Native.slsam_operator(name, overload, &native) == null ? new Operator(name, overload) { _native = native } : null;
    }

    /// <summary>Finds the operator in libtorch, which its first call does as well.</summary>
    public void Resolve()
    {
        void* native;
        Native.Check(Native.slsam_operator(name, overload, &native));
        _native = native;
    }

    public override string ToString() => overload.Length == 0 ? name : $"{name}.{overload}";

    /// <summary>Calls an operator that returns one tensor.</summary>
    /// <returns>A new tensor, registered in the current dispose scope.</returns>
    [SkipLocalsInit]
    public torch.Tensor Call(ReadOnlySpan<Argument> arguments)
    {
        void* result = null;
        var needed = ScratchSize(arguments);
        var heap = needed > StackBytes ? (byte*)NativeMemory.Alloc((nuint)needed) : null;
        try
        {
            var local = stackalloc byte[heap == null ? needed : 0];
            var values = stackalloc NativeValue[arguments.Length];
            Write(arguments, values, heap == null ? local : heap);
            Native.Check(Native.slsam_call(Resolved, values, arguments.Length, &result));
        }
        finally
        {
            if (heap != null) NativeMemory.Free(heap);
        }
        return new torch.Tensor((nint)result);
    }

    /// <summary>Calls an operator whose result, if any, is of no interest.</summary>
    [SkipLocalsInit]
    public void CallVoid(ReadOnlySpan<Argument> arguments)
    {
        var needed = ScratchSize(arguments);
        var heap = needed > StackBytes ? (byte*)NativeMemory.Alloc((nuint)needed) : null;
        try
        {
            var local = stackalloc byte[heap == null ? needed : 0];
            var values = stackalloc NativeValue[arguments.Length];
            Write(arguments, values, heap == null ? local : heap);
            Native.Check(Native.slsam_call_void(Resolved, values, arguments.Length));
        }
        finally
        {
            if (heap != null) NativeMemory.Free(heap);
        }
    }

    /// <summary>Calls an operator that changes <paramref name="self"/>, which is also the first of the arguments.</summary>
    /// <returns><paramref name="self"/>.</returns>
    public torch.Tensor CallInPlace(torch.Tensor self, ReadOnlySpan<Argument> arguments)
    {
        CallVoid(arguments);
        return self;
    }

    /// <summary>Calls an operator that returns several tensors: a tuple, a list, or a mixture of both, laid out flat. An undefined tensor is null.</summary>
    public torch.Tensor[] CallMany(ReadOnlySpan<Argument> arguments)
    {
        var results = CallAny(arguments);
        var count = 0;
        foreach (ref readonly var value in results)
            if (value.Kind is ValueKind.Tensor or ValueKind.None) count++;
        var tensors = new torch.Tensor[count];
        var next = 0;
        foreach (ref readonly var value in results)
        {
            if (value.Kind == ValueKind.Tensor) tensors[next++] = new torch.Tensor((nint)value.Pointer);
            else if (value.Kind == ValueKind.None) tensors[next++] = null!;
        }
        return tensors;
    }

    /// <summary>Calls an operator that returns two tensors.</summary>
    public (torch.Tensor, torch.Tensor) CallPair(ReadOnlySpan<Argument> arguments)
    {
        var results = CallAny(arguments);
        return (new torch.Tensor((nint)results[0].Pointer), new torch.Tensor((nint)results[1].Pointer));
    }

    /// <summary>Calls an operator that returns an integer.</summary>
    public long CallLong(ReadOnlySpan<Argument> arguments) => CallAny(arguments)[0].Integer;

    /// <summary>Calls an operator that returns a number.</summary>
    public double CallDouble(ReadOnlySpan<Argument> arguments) => CallAny(arguments)[0].Number;

    /// <summary>Calls an operator that returns a truth value.</summary>
    public bool CallBool(ReadOnlySpan<Argument> arguments) => CallAny(arguments)[0].Integer != 0;

    /// <summary>Calls an operator that returns a Scalar.</summary>
    public Scalar CallScalar(ReadOnlySpan<Argument> arguments) => Scalar.From(CallAny(arguments)[0]);

    /// <summary>Calls any operator.</summary>
    /// <returns>Its results, as native code laid them out; they are valid on this thread until its next call.</returns>
    [SkipLocalsInit]
    private ReadOnlySpan<NativeValue> CallAny(ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = null;
        long count = 0;
        var needed = ScratchSize(arguments);
        var heap = needed > StackBytes ? (byte*)NativeMemory.Alloc((nuint)needed) : null;
        try
        {
            var local = stackalloc byte[heap == null ? needed : 0];
            var values = stackalloc NativeValue[arguments.Length];
            Write(arguments, values, heap == null ? local : heap);
            Native.Check(Native.slsam_call_any(Resolved, values, arguments.Length, &results, &count));
        }
        finally
        {
            if (heap != null) NativeMemory.Free(heap);
        }
        return new ReadOnlySpan<NativeValue>(results, (int)count);
    }

    private static int ScratchSize(ReadOnlySpan<Argument> arguments)
    {
        var bytes = 0;
        foreach (ref readonly var argument in arguments) bytes += argument.ScratchSize;
        return bytes;
    }

    private static void Write(ReadOnlySpan<Argument> arguments, NativeValue* values, byte* scratch)
    {
        for (var i = 0; i < arguments.Length; i++) arguments[i].Write(values + i, ref scratch);
    }
}
