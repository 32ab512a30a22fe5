namespace TorchSharp;

/// <summary>What goes into a TorchScript function and what comes out, in the types that TorchSharp takes and gives.</summary>
internal static class ScriptValues
{
    public static Argument ToArgument(object? value) => value switch
    {
        null => Argument.None,
        torch.Tensor tensor => tensor,
        torch.Tensor[] tensors => tensors,
        Scalar scalar => scalar,
        double number => number,
        float number => (double)number,
        long number => number,
        int number => number,
        bool truth => truth,
        _ => throw new NotImplementedException($"Passing arguments of type {value.GetType().Name} to TorchScript."),
    };

    /// <summary>Reads one value, and what it contains, from the flat form in which native code lays results out.</summary>
    public static unsafe object? Read(ReadOnlySpan<NativeValue> values, ref int position)
    {
        ref readonly var value = ref values[position++];
        switch (value.Kind)
        {
            case ValueKind.None:
                return null;
            case ValueKind.Tensor:
                return new torch.Tensor((nint)value.Pointer);
            case ValueKind.Int or ValueKind.Double or ValueKind.Bool or ValueKind.Complex:
                return Scalar.From(value);
            case ValueKind.List:
                return ReadTensors(values, ref position, value.Count) ?? AsArray(ReadElements(values, ref position, value.Count));
            case ValueKind.Tuple:
                return AsTuple(ReadElements(values, ref position, value.Count));
            default:
                throw new NotImplementedException("A TorchScript function that returns something else than tensors, scalars, and lists and tuples of them.");
        }
    }

    /// <summary>Reads the elements of a list of tensors; null, and reads none, if there is another among them.</summary>
    private static torch.Tensor[]? ReadTensors(ReadOnlySpan<NativeValue> values, ref int position, long count)
    {
        var elements = values.Slice(position, (int)count);
        foreach (ref readonly var element in elements)
            if (element.Kind != ValueKind.Tensor) return null;
        var tensors = new torch.Tensor[elements.Length];
        for (var i = 0; i < tensors.Length; i++) tensors[i] = (torch.Tensor)Read(values, ref position)!;
        return tensors;
    }

    private static object?[] ReadElements(ReadOnlySpan<NativeValue> values, ref int position, long count)
    {
        var elements = new object?[count];
        for (var i = 0; i < elements.Length; i++) elements[i] = Read(values, ref position);
        return elements;
    }

    private static object AsArray(object?[] elements)
    {
        if (Array.TrueForAll(elements, element => element is torch.Tensor)) return Array.ConvertAll(elements, element => (torch.Tensor)element!);
        if (Array.TrueForAll(elements, element => element is Scalar)) return Array.ConvertAll(elements, element => (Scalar)element!);
        return elements;
    }

    private static object AsTuple(object?[] elements) => AsArray(elements) switch
    {
        _ when elements.Length is 0 or > 5 => AsArray(elements),
        torch.Tensor[] t => t.Length switch
        {
            1 => t[0],
            2 => (t[0], t[1]),
            3 => (t[0], t[1], t[2]),
            4 => (t[0], t[1], t[2], t[3]),
            _ => (object)(t[0], t[1], t[2], t[3], t[4]),
        },
        Scalar[] s => s.Length switch
        {
            1 => s[0],
            2 => (s[0], s[1]),
            3 => (s[0], s[1], s[2]),
            4 => (s[0], s[1], s[2], s[3]),
            _ => (object)(s[0], s[1], s[2], s[3], s[4]),
        },
        _ => elements.Length switch
        {
            1 => elements[0]!,
            2 => (elements[0], elements[1]),
            3 => (elements[0], elements[1], elements[2]),
            4 => (elements[0], elements[1], elements[2], elements[3]),
            _ => (object)(elements[0], elements[1], elements[2], elements[3], elements[4]),
        },
    };
}
