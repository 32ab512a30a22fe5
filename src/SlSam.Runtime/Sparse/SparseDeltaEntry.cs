using static TorchSharp.torch;

namespace SlSam;

/// <summary>What training has changed in one parameter. The tensors belong to their <see cref="SparseDelta"/> and lie in main memory.</summary>
public sealed class SparseDeltaEntry
{
    internal SparseDeltaEntry(string name, IReadOnlyList<long> shape, Tensor indices, Tensor baseValues, Tensor values)
    {
        Name = name;
        Shape = shape;
        Indices = indices;
        BaseValues = baseValues;
        Values = values;
    }

    /// <summary>The parameter's name in its model, as in the model's state dictionary.</summary>
    public string Name { get; }

    /// <summary>The parameter's shape.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The flat indices of the changed entries in row-major order, int64, of shape [k], ascending.</summary>
    public Tensor Indices { get; }

    /// <summary>The entries before training, of shape [k].</summary>
    public Tensor BaseValues { get; }

    /// <summary>The entries after training, of shape [k].</summary>
    public Tensor Values { get; }

    /// <summary>What training has added: <see cref="Values"/> less <see cref="BaseValues"/>; a new tensor of shape [k].</summary>
    public Tensor Difference() => Values - BaseValues;

    /// <summary>Name, number of entries and shape, as <c>head.weight: 12 entries of [384, 384]</c>.</summary>
    public override string ToString() => $"{Name}: {Indices.shape[0]} entries of [{string.Join(", ", Shape)}]";
}
