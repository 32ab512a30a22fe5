using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// SSAM's masks (Mi et al., NeurIPS 2022): only the entries with the largest Fisher information are perturbed. A parameter's mask is found when it is first
/// perturbed, and again after some steps; parameters whose masks are due in one step share the entries among them.
/// </summary>
/// <param name="density">The share of entries that are perturbed.</param>
/// <param name="interval">After how many perturbations a parameter's mask is found again.</param>
/// <param name="parameterCount">How many parameters the optimizer trains.</param>
internal sealed class ElementMask(double density, int interval, int parameterCount) : IDisposable
{
    private readonly Tensor?[] _masks = new Tensor?[parameterCount];
    private readonly int[] _uses = new int[parameterCount];
    private readonly List<TrainedParameter> _due = [];
    private readonly TensorList _dueValues = new();
    private readonly TensorList _current = new();
    private Tensor[] _found = [];
    private ParameterSet? _perturbed;

    /// <summary>The entries that a step perturbs, of each parameter. Called under <c>no_grad</c>, while the first pass's gradients are there.</summary>
    public TensorList MasksFor(ParameterSet perturbed)
    {
        _perturbed = perturbed;
        _due.Clear();
        foreach (var trained in perturbed.Trained)
        {
            if (_masks[trained.Index] is null || _uses[trained.Index] >= interval)
            {
                _due.Add(trained);
            }
        }

        _dueValues.Set(CollectionsMarshal.AsSpan(_due), static trained => trained.Value);
        _found = _due.Count == 0 ? [] : MultiTensorProgram.TopEntries(_dueValues, density);
        var next = 0;
        _current.Clear();
        foreach (var trained in perturbed.Trained)
        {
            _current.Add(next < _due.Count && _due[next] == trained ? _found[next++] : _masks[trained.Index]!);
        }

        _current.Close();
        return _current;
    }

    /// <summary>Keeps the masks of a step that has happened.</summary>
    public void Keep()
    {
        for (var index = 0; index < _due.Count; index++)
        {
            var parameter = _due[index].Index;
            _masks[parameter]?.Dispose();
            _masks[parameter] = _found[index].DetachFromDisposeScope();
            _uses[parameter] = 0;
        }

        if (_perturbed is not null)
        {
            foreach (var trained in _perturbed.Trained)
            {
                _uses[trained.Index]++;
            }
        }

        _due.Clear();
        (_found, _perturbed) = ([], null);
    }

    /// <summary>Drops the mask of a parameter of which other entries are trained from now on.</summary>
    public void Forget(TrainedParameter trained)
    {
        _masks[trained.Index]?.Dispose();
        _masks[trained.Index] = null;
    }

    /// <summary>Describes the masks and how often each has been used.</summary>
    public void DescribeState(StateDescription state, IReadOnlyList<TrainedParameter> parameters)
    {
        foreach (var trained in parameters)
        {
            state.Part(TrainedState.PartOf(trained), part =>
            {
                part.Tensors(
                    "element mask",
                    [""],
                    () => _masks[trained.Index] is { } mask ? [mask] : null,
                    saved => Set(trained, saved?[0]),
                    (reader, _) => new TensorForm(ScalarType.Bool, reader.ShapeOf(trained)));
                part.Integer("element mask uses", () => _uses[trained.Index], uses => _uses[trained.Index] = (int)uses, maximum: int.MaxValue);
            });
        }

        void Set(TrainedParameter trained, SavedTensor? saved)
        {
            Forget(trained);
            if (saved is { } mask)
            {
                var values = zeros_like(trained.Value, ScalarType.Bool).DetachFromDisposeScope();
                mask.CopyTo(values);
                _masks[trained.Index] = values;
            }
        }
    }

    public void Dispose()
    {
        foreach (var mask in _masks)
        {
            mask?.Dispose();
        }
    }
}
