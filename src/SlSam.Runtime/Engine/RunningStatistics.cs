using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// The running statistics of a model's batch and instance normalizations, wherever they are in it. A pass in training mode moves them; a step must
/// move them once, by its first pass, and a refused step not at all.
/// </summary>
internal sealed class RunningStatistics
{
    private readonly Tensor[] _buffers;
    private readonly long[] _sizes;

    public RunningStatistics(nn.Module model)
    {
        _buffers = [.. model.modules().OfType<NormBase>().SelectMany(norm => norm.buffers(recurse: false))];
        _sizes = [.. _buffers.Select(buffer => buffer.numel())];
    }

    /// <summary>The buffers that hold them.</summary>
    public IReadOnlyList<Tensor> Buffers => _buffers;

    /// <summary>Copies the statistics as they are now; null where the model has none.</summary>
    public Tensor? Save()
    {
        using var _ = no_grad();
        return _buffers.Length == 0 ? null : MultiTensorProgram.Save(_buffers, _buffers.Length, mixed: true);
    }

    /// <summary>Brings back statistics that were saved.</summary>
    public void Restore(Tensor? saved)
    {
        if (saved is null)
        {
            return;
        }

        using var _ = no_grad();
        if (Array.Exists(_buffers, static buffer => buffer.IsInvalid))
        {
            RestoreWhatIsLeft(saved);
        }
        else
        {
            MultiTensorProgram.Restore(_buffers, _buffers.Length, saved);
        }
    }

    /// <summary>A model, or a part of it, can be disposed in the middle of a step.</summary>
    private void RestoreWhatIsLeft(Tensor saved)
    {
        var start = 0L;
        for (var index = 0; index < _buffers.Length; index++)
        {
            if (!_buffers[index].IsInvalid)
            {
                using var values = saved.narrow(0, start, _sizes[index]);
                MultiTensorProgram.Restore([_buffers[index]], 1, values);
            }

            start += _sizes[index];
        }
    }
}
