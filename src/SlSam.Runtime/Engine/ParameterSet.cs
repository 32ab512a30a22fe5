using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>Trained parameters that one phase of a step works on, in the order of the model's layers. It is filled anew when the active layers change, without new memory.</summary>
internal sealed class ParameterSet
{
    private readonly List<TrainedParameter> _trained = [];
    private readonly List<TrainedParameter> _masked = [];
    private readonly List<TrainedParameter> _part = [];
    private readonly TensorList _maskedParameters = new();
    private readonly TensorList _maskedValues = new();
    private readonly TensorList _maskedIndices = new();
    private readonly TensorList _weights = new();
    private readonly TensorList _biases = new();
    private bool[] _reached = [];
    private bool _isParted;

    public ReadOnlySpan<TrainedParameter> Trained => CollectionsMarshal.AsSpan(_trained);

    /// <summary>What is measured, saved, perturbed and updated: the parameters, and the trained entries of those that have a mask.</summary>
    public TensorList Values { get; } = new();

    /// <summary>The values that are not biases.</summary>
    public TensorList Weights => Part()._weights;

    /// <summary>The values that are biases.</summary>
    public TensorList Biases => Part()._biases;

    /// <summary>How many numbers the set trains.</summary>
    public long Count { get; private set; }

    /// <summary>The type of all its numbers; null where they are of several.</summary>
    public ScalarType? Type { get; private set; }

    /// <summary>The first stage in which one of the parameters is used; 0 where the model has no stages.</summary>
    public int FirstStage { get; private set; } = int.MaxValue;

    /// <summary>Begins a new set.</summary>
    public void Clear()
    {
        _trained.Clear();
        _masked.Clear();
        _isParted = false;
        Count = 0;
        Type = null;
        FirstStage = int.MaxValue;
    }

    /// <summary>Adds a parameter to a set that is not closed yet.</summary>
    public void Add(TrainedParameter trained)
    {
        Type = _trained.Count == 0 || Type == trained.Type ? trained.Type : null;
        Count += trained.Count;
        FirstStage = Math.Min(FirstStage, Math.Max(0, trained.Group.Layer.Stage));
        _trained.Add(trained);
        if (trained.Mask is not null)
        {
            _masked.Add(trained);
        }
    }

    /// <summary>Ends the set.</summary>
    public void Close()
    {
        Values.Set(Trained, static each => each.Value);
        var masked = CollectionsMarshal.AsSpan(_masked);
        _maskedParameters.Set(masked, static each => each.Parameter);
        _maskedValues.Set(masked, static each => each.Mask!.Values);
        _maskedIndices.Set(masked, static each => each.Mask!.Indices);
    }

    /// <summary>Refuses parameters that are no more: TorchSharp's <c>to</c> makes new ones and disposes those that the optimizer was built for.</summary>
    public void RequireParameters()
    {
        foreach (var trained in Trained)
        {
            if (trained.Parameter.IsInvalid)
            {
                throw new InvalidOperationException(
                    $"A parameter of layer '{trained.Group.Layer.Name}' was disposed after the optimizer was built, as model.to(...) does when it replaces the parameters. Move the model first, then build the optimizer.");
            }
        }
    }

    /// <summary>Drops the gradients.</summary>
    public void DropGradients()
    {
        foreach (var trained in Trained)
        {
            trained.Parameter.grad = null;
        }

        if (_masked.Count > 0)
        {
            using var _ = no_grad();
            MultiTensorProgram.ZeroGradients(_maskedValues);
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
        if (_masked.Count == 0)
        {
            return read(Values, norms);
        }

        if (_reached.Length < _masked.Count)
        {
            _reached = new bool[2 * _masked.Count];
        }

        MultiTensorProgram.GatherMasked(_maskedParameters, _maskedValues, _maskedIndices, _reached);
        foreach (var trained in _masked)
        {
            trained.Parameter.grad = null;
        }

        var loss = read(Values, norms);
        for (int index = 0, masked = 0; index < _trained.Count; index++)
        {
            if (_trained[index].Mask is not null && !_reached[masked++])
            {
                norms[index] = MultiTensorProgram.NoGradient;
            }
        }

        return loss;
    }

    /// <summary>Writes the trained entries into the parameters that have a mask, after their values have changed. Called under <c>no_grad</c>.</summary>
    public void ScatterMasked()
    {
        if (_masked.Count > 0)
        {
            MultiTensorProgram.ScatterMasked(_maskedParameters, _maskedValues, _maskedIndices);
        }
    }

    private ParameterSet Part()
    {
        if (!_isParted)
        {
            _weights.Set(Of(isBias: false), static each => each.Value);
            _biases.Set(Of(isBias: true), static each => each.Value);
            _isParted = true;
        }

        return this;

        ReadOnlySpan<TrainedParameter> Of(bool isBias)
        {
            _part.Clear();
            foreach (var trained in _trained)
            {
                if (trained.IsBias == isBias)
                {
                    _part.Add(trained);
                }
            }

            return CollectionsMarshal.AsSpan(_part);
        }
    }
}

/// <summary>Reads the norm of each tensor's gradient, and the loss, to the host in one transfer.</summary>
internal delegate double NormReader(TensorList values, Span<double> norms);
