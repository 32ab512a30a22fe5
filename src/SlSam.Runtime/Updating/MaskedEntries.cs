using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// The entries of one parameter that are trained while the others stay as they are. A step works on the vector of these entries, and on its gradient,
/// as it does on a parameter: its gradient is gathered after a backward pass, and it is scattered back after a change. Nothing as large as the parameter is kept.
/// </summary>
internal sealed class MaskedEntries : IDisposable
{
    /// <summary>Takes a mask for a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="indices">The flat indices of its trained entries, int64, each once, of shape [k]; copied.</param>
    /// <param name="type">The type of the entries' values: float32 where they are the masters of those in half precision.</param>
    /// <exception cref="ArgumentException">The indices are of another type or shape, or out of the parameter's range.</exception>
    public MaskedEntries(Parameter parameter, Tensor indices, ScalarType type)
    {
        if (indices.dtype != ScalarType.Int64 || indices.dim() != 1)
        {
            throw new ArgumentException(
                $"The indices are {indices.dtype} of shape [{string.Join(", ", indices.shape)}], but must be int64 of shape [k].",
                nameof(indices));
        }

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (smallest, largest) = indices.numel() == 0 ? (0, -1) : (indices.min().ToInt64(), indices.max().ToInt64());
        if (smallest < 0 || largest >= parameter.numel())
        {
            throw new ArgumentException(
                $"The indices reach from {smallest} to {largest}, but a parameter of {parameter.numel()} numbers has 0 to {parameter.numel() - 1}.",
                nameof(indices));
        }

        Count = indices.numel();
        Indices = indices.to(parameter.device).clone().DetachFromDisposeScope();
        Values = parameter.detach().take(Indices).to(type).DetachFromDisposeScope();
        Values.grad = zeros_like(Values);
    }

    /// <summary>The flat indices of the entries, int64, of shape [k].</summary>
    public Tensor Indices { get; }

    /// <summary>The entries' values, of shape [k]; its gradient is theirs.</summary>
    public Tensor Values { get; }

    /// <summary>How many entries there are.</summary>
    public long Count { get; }

    public void Dispose()
    {
        Values.Dispose();
        Indices.Dispose();
    }
}
