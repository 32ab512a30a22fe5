using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// The weights from before a perturbation, of what is perturbed alone, in one vector. A vector that the next step can fill exactly is kept for it: new memory of
/// this size comes page by page from the operating system, which takes longer than the copy. Any other is freed before the next step's first pass.
/// </summary>
internal sealed class SavedWeights : IDisposable
{
    private Tensor? _vector;
    private long _length;
    private ScalarType? _type;
    private ParameterSet? _saved;

    /// <summary>Frees the vector where a step will not fill it exactly.</summary>
    /// <param name="perturbed">What the step is to perturb.</param>
    public void Prepare(ParameterSet perturbed)
    {
        if (perturbed.Count != _length || perturbed.Type is null || perturbed.Type != _type)
        {
            Free();
        }
    }

    /// <summary>Copies the values of a set. Called under <c>no_grad</c>.</summary>
    public void Save(ParameterSet set)
    {
        Prepare(set);
        if (_vector is null)
        {
            _vector = MultiTensorProgram.Save(set.Values.Items, set.Values.Count, mixed: false).DetachFromDisposeScope();
            (_length, _type) = (set.Count, set.Type);
        }
        else
        {
            MultiTensorProgram.SaveInto(set.Values, _vector);
        }

        _saved = set;
    }

    /// <summary>Brings back, bit for bit, what was copied, once.</summary>
    public void Restore()
    {
        if (_saved is null)
        {
            return;
        }

        using var _ = no_grad();
        if (_saved.IsComplete)
        {
            MultiTensorProgram.Restore(_saved.Values.Items, _saved.Values.Count, _vector!);
            _saved.Scatter();
        }
        else
        {
            RestoreWhatIsLeft(_saved, _vector!);
        }

        _saved = null;
        if (_type is null)
        {
            Free();
        }
    }

    public void Dispose() => Free();

    /// <summary>A model, or a part of it, can be disposed in the middle of a step.</summary>
    private static void RestoreWhatIsLeft(ParameterSet saved, Tensor vector)
    {
        var left = new ParameterSet();
        var start = 0L;
        foreach (var trained in saved.Trained)
        {
            if (!trained.Parameter.IsInvalid)
            {
                using var values = vector.narrow(0, start, trained.Count);
                MultiTensorProgram.Restore([trained.Value], 1, values);
                left.Add(trained);
            }

            start += trained.Count;
        }

        left.Close();
        left.Scatter();
    }

    private void Free()
    {
        _vector?.Dispose();
        (_vector, _length, _type) = (null, 0, null);
    }
}
