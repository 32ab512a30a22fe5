using System.Numerics;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// A list of tensors for a multi-tensor function, made anew for each step without new memory. An array that is handed to native code is handed over whole, so
/// there is one for each power of two; the places behind the last tensor repeat the first, and the functions are told how many count.
/// </summary>
internal sealed class TensorList
{
    private readonly Tensor[]?[] _arrays = new Tensor[]?[32];

    /// <summary>The tensors, and behind them what does not count.</summary>
    public Tensor[] Items { get; private set; } = [];

    /// <summary>How many of the items count.</summary>
    public int Count { get; private set; }

    /// <summary>Makes it the list of what some parameters have.</summary>
    public void Set(ReadOnlySpan<TrainedParameter> parameters, Func<TrainedParameter, Tensor> select)
    {
        Clear();
        foreach (var trained in parameters)
        {
            Add(select(trained));
        }

        Close();
    }

    /// <summary>Begins a new list.</summary>
    public void Clear()
    {
        Count = 0;
        Items = [];
    }

    /// <summary>Adds a tensor to a list that is not closed yet.</summary>
    public void Add(Tensor tensor)
    {
        if (Count == Items.Length)
        {
            var larger = ArrayFor(Count + 1);
            Items.CopyTo(larger, 0);
            Items = larger;
        }

        Items[Count++] = tensor;
    }

    /// <summary>Ends the list: what lies behind it is something that native code can take.</summary>
    public void Close()
    {
        for (var index = Count; index < Items.Length; index++)
        {
            Items[index] = Items[0];
        }
    }

    private Tensor[] ArrayFor(int count)
    {
        var power = BitOperations.Log2((uint)(2 * count - 1));
        return _arrays[power] ??= new Tensor[1 << power];
    }
}
