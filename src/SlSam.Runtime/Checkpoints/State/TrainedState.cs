using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>Names, masks and masters of trained parameters in a checkpoint.</summary>
internal static class TrainedState
{
    /// <summary>The part of a state that belongs to a parameter: no two have the same, whatever their layers are called.</summary>
    public static string PartOf(TrainedParameter trained) => $"{trained.Index}: {NameOf(trained)}";

    /// <summary>A parameter's layer and its name there.</summary>
    public static string NameOf(TrainedParameter trained) =>
        trained.Name.Length == 0 ? trained.Group.Layer.Name : $"{trained.Group.Layer.Name}.{trained.Name}";

    /// <summary>The name of the tensor with a parameter's trained entries.</summary>
    public static string MaskOf(TrainedParameter trained) => $"mask/{PartOf(trained)}";

    /// <summary>Describes which entries of each parameter are trained.</summary>
    public static void DescribeMasks(StateDescription state, IEnumerable<TrainedParameter> parameters, Action<TrainedParameter, Tensor?> setMask)
    {
        foreach (var trained in parameters)
        {
            state.Tensors(
                MaskOf(trained),
                [""],
                () => trained.Mask is { } mask ? [mask.Indices] : null,
                saved => Set(trained, saved),
                (reader, _) => new TensorForm(ScalarType.Int64, [reader.LengthOf(MaskOf(trained))]),
                (_, indices) => ProblemOf(indices, trained.Size, ascending: false));
        }

        void Set(TrainedParameter trained, IReadOnlyList<SavedTensor>? saved)
        {
            using var indices = saved?[0].Read();
            setMask(trained, indices);
        }
    }

    /// <summary>Describes the float32 masters of what is trained in half precision; set after the masks, which drop them.</summary>
    public static void DescribeMasters(StateDescription state, IEnumerable<TrainedParameter> parameters)
    {
        foreach (var trained in parameters.Where(trained => trained.KeepsMaster))
        {
            state.Tensors(
                $"master/{PartOf(trained)}",
                [""],
                () => (trained.Mask?.Values ?? trained.Master?.Values) is { } values ? [values] : null,
                saved => Set(trained, saved?[0]),
                (reader, _) => new TensorForm(ScalarType.Float32, reader.ShapeOf(trained)));
        }

        static void Set(TrainedParameter trained, SavedTensor? saved)
        {
            if (saved is { } master)
            {
                trained.Prepare();
                master.CopyTo(trained.Value);
            }
        }
    }

    /// <summary>What is wrong with the flat indices of entries of a parameter; null where nothing is.</summary>
    /// <param name="indices">The indices, int64, of shape [k].</param>
    /// <param name="size">How many entries the parameter has.</param>
    /// <param name="ascending">Whether they must be in ascending order.</param>
    public static string? ProblemOf(Tensor indices, long size, bool ascending)
    {
        var values = indices.data<long>().ToArray();
        if (!ascending)
        {
            Array.Sort(values);
        }

        var previous = -1L;
        foreach (var index in values)
        {
            if (index <= previous || index >= size)
            {
                return $"has the index {index}, which is there twice, out of order or not from 0 to {size - 1}";
            }

            previous = index;
        }

        return null;
    }
}
