using static TorchSharp.torch;

namespace SlSam;

/// <summary>The element type and the shape that a tensor must have.</summary>
internal readonly record struct TensorForm(ScalarType Type, long[] Shape)
{
    public override string ToString() => $"{Type} [{string.Join(", ", Shape)}]";
}

/// <summary>A tensor of a checkpoint that is being loaded.</summary>
internal readonly record struct SavedTensor(SafetensorsFile File, string Name)
{
    /// <summary>Copies it into a tensor of the same shape.</summary>
    public void CopyTo(Tensor target) => File.CopyInto(Name, target);

    /// <summary>Reads it into a new tensor in main memory.</summary>
    public Tensor Read() => File.Read(Name);
}

internal sealed class TensorEntry(string name, Tensor tensor, bool isWeight) : StateEntry(name)
{
    public override void Save(StateWriter writer) => writer.Add(Name, tensor, isWeight);

    public override Action Load(StateReader reader)
    {
        var saved = reader.Tensor(Name, new TensorForm(tensor.dtype, tensor.shape), isWeight);
        return () => saved.CopyTo(tensor);
    }
}

internal sealed class TensorsEntry(
    string name, string[] parts, Func<IReadOnlyList<Tensor>?> get, Action<IReadOnlyList<SavedTensor>?> set, Func<StateReader, int, TensorForm> form,
    Func<int, Tensor, string?>? problem)
    : StateEntry(name)
{
    private readonly string[] _names = [.. parts.Select(part => part.Length == 0 ? name : $"{name}/{part}")];

    public override void Save(StateWriter writer)
    {
        if (get() is { } tensors)
        {
            for (var part = 0; part < parts.Length; part++)
            {
                writer.Add(_names[part], tensors[part]);
            }
        }
    }

    public override Action Load(StateReader reader)
    {
        if (!Array.Exists(_names, reader.HasTensor))
        {
            return () => set(null);
        }

        // Where only some are there, the first that is missing is named.
        var saved = _names.Select((each, part) => reader.Tensor(each, form(reader, part))).ToArray();
        for (var part = 0; part < parts.Length && problem is not null; part++)
        {
            using var values = saved[part].Read();
            if (problem(part, values) is { } what)
            {
                throw reader.Refuse($"'{_names[part]}' {what}");
            }
        }

        return () => set(saved);
    }
}
