using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>Trained parameters that one phase of a step works on, in the order of the model's layers.</summary>
internal sealed class ParameterSet
{
    private readonly TrainedParameter[] _masked;
    private readonly Tensor[] _maskedParameters;
    private readonly Tensor[] _maskedValues;
    private readonly Tensor[] _maskedIndices;
    private Tensor[]? _weights;
    private Tensor[]? _biases;

    public ParameterSet(IEnumerable<TrainedParameter> trained)
    {
        Trained = [.. trained];
        Values = [.. Trained.Select(each => each.Value)];
        Count = Trained.Sum(each => each.Count);
        FirstStage = Trained.Length == 0 ? int.MaxValue : Trained.Min(each => Math.Max(0, each.Group.Layer.Stage));
        _masked = [.. Trained.Where(each => each.Mask is not null)];
        _maskedParameters = [.. _masked.Select(each => each.Parameter)];
        _maskedValues = [.. _masked.Select(each => each.Mask!.Values)];
        _maskedIndices = [.. _masked.Select(each => each.Mask!.Indices)];
    }

    public static ParameterSet Empty { get; } = new([]);

    public TrainedParameter[] Trained { get; }

    /// <summary>What is measured, saved, perturbed and updated: the parameters, and the trained entries of those that have a mask.</summary>
    public Tensor[] Values { get; }

    /// <summary>The values that are not biases.</summary>
    public Tensor[] Weights => _weights ??= [.. Trained.Where(each => !each.IsBias).Select(each => each.Value)];

    /// <summary>The values that are biases.</summary>
    public Tensor[] Biases => _biases ??= [.. Trained.Where(each => each.IsBias).Select(each => each.Value)];

    /// <summary>How many numbers the set trains.</summary>
    public long Count { get; }

    /// <summary>The first stage in which one of the parameters is used; 0 where the model has no stages.</summary>
    public int FirstStage { get; }

    /// <summary>Drops the gradients.</summary>
    public void DropGradients()
    {
        foreach (var trained in Trained)
        {
            trained.Parameter.grad = null;
        }

        if (_masked.Length > 0)
        {
            using var _ = no_grad();
            MultiTensorProgram.Invoke("zero_gradients", (object)_maskedValues);
        }
    }

    /// <summary>
    /// Reads the gradients' L2 norms and the loss after a backward pass; the gradient of a parameter with a mask is reduced to the trained entries, and
    /// dropped. Called under <c>no_grad</c>.
    /// </summary>
    /// <param name="norms">Set to the norm of each gradient, <see cref="MultiTensorProgram.NoGradient"/> where there is none.</param>
    /// <param name="read">Reads norms and loss from the values.</param>
    /// <returns>The loss.</returns>
    public double Measure(Span<double> norms, NormReader read)
    {
        if (_masked.Length == 0)
        {
            return read(Values, norms);
        }

        var reached = MultiTensorProgram.GatherMasked(_maskedParameters, _maskedValues, _maskedIndices);
        foreach (var trained in _masked)
        {
            trained.Parameter.grad = null;
        }

        var loss = read(Values, norms);
        for (int index = 0, masked = 0; index < Trained.Length; index++)
        {
            if (Trained[index].Mask is not null && !reached[masked++])
            {
                norms[index] = MultiTensorProgram.NoGradient;
            }
        }

        return loss;
    }

    /// <summary>Copies the values, so that <see cref="Restore"/> can bring them back.</summary>
    public Tensor Save() => MultiTensorProgram.Save(Values, mixed: false);

    /// <summary>Brings back, bit for bit, what <see cref="Save"/> copied.</summary>
    public void Restore(Tensor saved)
    {
        MultiTensorProgram.Restore(Values, saved);
        ScatterMasked();
    }

    /// <summary>Writes the trained entries into the parameters that have a mask, after their values have changed. Called under <c>no_grad</c>.</summary>
    public void ScatterMasked()
    {
        if (_masked.Length > 0)
        {
            MultiTensorProgram.Invoke("scatter_masked", _maskedParameters, _maskedValues, _maskedIndices);
        }
    }
}

/// <summary>Reads the norm of each tensor's gradient, and the loss, to the host in one transfer.</summary>
internal delegate double NormReader(Tensor[] values, Span<double> norms);
