using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>The entries of one weight that were ever in its mask, with their values from before training.</summary>
internal sealed class TrackedEntries(string name, TrainedParameter trained) : IDisposable
{
    private Tensor? _indices;
    private Tensor? _baseValues;

    /// <summary>The entries' flat indices, ascending; those of the mask, which are not held twice, until it is replaced.</summary>
    private Tensor? Indices => _indices ?? (_baseValues is null ? null : trained.Mask!.Indices);

    /// <summary>Adds the entries of a new mask before it takes the place of the last. Called under <c>no_grad</c>.</summary>
    /// <param name="mask">Their flat indices, ascending.</param>
    public void Add(Tensor mask)
    {
        using var scope = NewDisposeScope();
        if (Indices is not { } known)
        {
            _baseValues = FlatEntries.Read(trained.Parameter, mask).DetachFromDisposeScope();
            return;
        }

        var indices = cat([known, mask]).unique().output;
        var baseValues = FlatEntries.Read(trained.Parameter, indices);
        baseValues.index_copy_(0, searchsorted(indices, known), _baseValues!);
        Dispose();
        _indices = indices.DetachFromDisposeScope();
        _baseValues = baseValues.DetachFromDisposeScope();
    }

    /// <summary>What training has changed; null where nothing was ever in a mask.</summary>
    public SparseDeltaEntry? CreateDelta()
    {
        if (Indices is not { } indices || indices.shape[0] == 0)
        {
            return null;
        }

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        return new SparseDeltaEntry(
            name, trained.Parameter.shape, Keep(indices), Keep(_baseValues!), Keep(FlatEntries.Read(trained.Parameter, indices)));

        static Tensor Keep(Tensor tensor) => tensor.cpu().clone().DetachFromDisposeScope();
    }

    /// <summary>Describes the entries and their values from before training; set after the mask.</summary>
    public void DescribeState(StateDescription state)
    {
        var part = TrainedState.PartOf(trained);
        state.Tensors(
            part,
            ["indices", "base"],
            () => Indices is { } indices ? [indices, _baseValues!] : null,
            Set,
            (reader, tensor) => new TensorForm(
                tensor == 0 ? ScalarType.Int64 : trained.Parameter.dtype, [reader.LengthOf($"{state.Prefix}{part}/indices")]),
            (tensor, values) => tensor == 0 ? TrainedState.ProblemOf(values, trained.Size, ascending: true) : null);

        void Set(IReadOnlyList<SavedTensor>? saved)
        {
            Dispose();
            (_indices, _baseValues) = (null, null);
            if (saved is not null)
            {
                using var scope = NewDisposeScope();
                var indices = saved[0].Read();
                if (trained.Mask is not { } mask || indices.numel() != mask.Count || !indices.eq(mask.Indices.cpu()).all().item<bool>())
                {
                    _indices = indices.to(trained.Parameter.device).DetachFromDisposeScope();
                }

                _baseValues = saved[1].Read().to(trained.Parameter.device).DetachFromDisposeScope();
            }
        }
    }

    public void Dispose()
    {
        _indices?.Dispose();
        _baseValues?.Dispose();
    }
}
