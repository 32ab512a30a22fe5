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

    public RunningStatistics(nn.Module model) =>
        _buffers = [.. model.modules().OfType<NormBase>().SelectMany(norm => norm.buffers(recurse: false))];

    /// <summary>Copies the statistics as they are now; null where the model has none.</summary>
    public Tensor? Save()
    {
        using var _ = no_grad();
        return _buffers.Length == 0 ? null : MultiTensorProgram.Save(_buffers, _buffers.Length, mixed: true);
    }

    /// <summary>Brings back statistics that were saved.</summary>
    public void Restore(Tensor? saved)
    {
        if (saved is not null)
        {
            using var _ = no_grad();
            MultiTensorProgram.Restore(_buffers, _buffers.Length, saved);
        }
    }
}
