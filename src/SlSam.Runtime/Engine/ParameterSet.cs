using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>Trained parameters that one phase of a step works on, in the order of the model's layers. It is filled anew when the active layers change, without new memory.</summary>
internal sealed class ParameterSet
{
    private readonly List<TrainedParameter> _trained = [];
    private readonly List<TrainedParameter> _masked = [];
    private readonly List<TrainedParameter> _mastered = [];
    private readonly List<TrainedParameter> _part = [];
    private readonly TensorList _maskedParameters = new();
    private readonly TensorList _maskedValues = new();
    private readonly TensorList _maskedIndices = new();
    private readonly TensorList _masteredParameters = new();
    private readonly TensorList _masters = new();
    private readonly TensorList _weights = new();
    private readonly TensorList _biases = new();
    private bool _isParted;

    public ReadOnlySpan<TrainedParameter> Trained => CollectionsMarshal.AsSpan(_trained);

    /// <summary>What is measured, saved, perturbed and updated: the parameters, the masters of those that have one, and the trained entries of those that have a mask.</summary>
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

    /// <summary>Whether every parameter still exists.</summary>
    public bool IsComplete
    {
        get
        {
            foreach (var trained in Trained)
            {
                if (trained.Parameter.IsInvalid)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Begins a new set.</summary>
    public void Clear()
    {
        _trained.Clear();
        _masked.Clear();
        _mastered.Clear();
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
        else if (trained.Master is not null)
        {
            _mastered.Add(trained);
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
        var mastered = CollectionsMarshal.AsSpan(_mastered);
        _masteredParameters.Set(mastered, static each => each.Parameter);
        _masters.Set(mastered, static each => each.Master!.Values);
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

    /// <summary>Drops the gradients of those parameters that still exist.</summary>
    public void DropGradients()
    {
        foreach (var trained in Trained)
        {
            if (!trained.Parameter.IsInvalid)
            {
                trained.Parameter.grad = null;
            }
        }

        if (_masked.Count + _mastered.Count > 0)
        {
            using var _ = no_grad();
            Drop(_maskedValues);
            Drop(_masters);
        }

        static void Drop(TensorList values)
        {
            if (values.Count > 0)
            {
                MultiTensorProgram.DropGradients(values);
            }
        }
    }

    /// <summary>
    /// Brings what stands in for parameters up to date with them, before a step: they may have been loaded, merged or otherwise set since the last one. Called
    /// under <c>no_grad</c>.
    /// </summary>
    public void Refresh()
    {
        if (_masked.Count > 0)
        {
            MultiTensorProgram.RefreshMasked(_maskedParameters, _maskedValues, _maskedIndices);
        }

        if (_mastered.Count > 0)
        {
            MultiTensorProgram.RefreshMasters(_masteredParameters, _masters);
        }
    }

    /// <summary>Moves the gradients of a backward pass to what stands in for parameters, where they add up. Called under <c>no_grad</c>.</summary>
    public void GatherGradients()
    {
        if (_masked.Count > 0)
        {
            MultiTensorProgram.GatherMasked(_maskedParameters, _maskedValues, _maskedIndices);
            foreach (var trained in _masked)
            {
                trained.Parameter.grad = null;
            }
        }

        if (_mastered.Count > 0)
        {
            MultiTensorProgram.GatherMasters(_masteredParameters, _masters);
        }
    }

    /// <summary>Writes what stands in for parameters into them, after its values have changed. Called under <c>no_grad</c>.</summary>
    public void Scatter()
    {
        if (_masked.Count > 0)
        {
            MultiTensorProgram.ScatterMasked(_maskedParameters, _maskedValues, _maskedIndices);
        }

        if (_mastered.Count > 0)
        {
            MultiTensorProgram.ScatterMasters(_masteredParameters, _masters);
        }
    }

    /// <summary>Gives the gradients that were applied to masters to their parameters. Called under <c>no_grad</c>.</summary>
    public void ReturnGradients()
    {
        if (_mastered.Count > 0)
        {
            MultiTensorProgram.ReturnGradients(_masteredParameters, _masters);
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
