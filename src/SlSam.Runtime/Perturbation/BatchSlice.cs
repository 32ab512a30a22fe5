using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// The part of a batch that a pass works on: its first rows, or all of them. Cut every tensor that has a row for each example with <see cref="Of"/>.
/// </summary>
public readonly record struct BatchSlice
{
    private readonly double _part;
    private readonly long _rows;

    internal BatchSlice(double fraction, long rows = 0)
    {
        _part = fraction < 1 ? fraction : 0;
        _rows = rows;
    }

    /// <summary>The share of the batch's rows, in (0, 1].</summary>
    public double Fraction => IsWhole ? 1 : _part;

    /// <summary>Whether the pass works on the whole batch.</summary>
    public bool IsWhole => _part == 0;

    /// <summary>The first rows of a tensor: the share <see cref="Fraction"/> of its first dimension, rounded up.</summary>
    /// <param name="batch">
    /// A tensor whose first dimension counts the examples. Where the step knows the size of its batch, as that of a staged model does, a tensor without a
    /// row for each example comes back whole. Null comes back as it is.
    /// </param>
    /// <returns>A view of the tensor, or the tensor itself where nothing is cut away.</returns>
    /// <exception cref="ArgumentException">The tensor has no dimension to cut.</exception>
    [return: NotNullIfNotNull(nameof(batch))]
    public Tensor? Of(Tensor? batch)
    {
        if (batch is null || IsWhole || (_rows > 0 && !HasARowForEachExample(batch)))
        {
            return batch;
        }

        return batch.dim() > 0
            ? batch.narrow(0, 0, Rows(batch.shape[0]))
            : throw new ArgumentException("A tensor without dimensions has no rows to take a part of.", nameof(batch));
    }

    /// <summary>Cuts what must have a row for each example.</summary>
    internal Tensor OfRows(Tensor batch, string what) =>
        IsWhole || HasARowForEachExample(batch)
            ? Of(batch)
            : throw new InvalidOperationException(
                $"The first pass works on a part of the batch, but {what} of shape [{string.Join(", ", batch.shape)}] has no row for each of the {_rows} examples.");

    private bool HasARowForEachExample(Tensor batch) => batch.dim() > 0 && batch.shape[0] == _rows;

    /// <summary>The first rows of a batch whose rows are known.</summary>
    /// <param name="count">How many rows the pass works on, from 1 to all.</param>
    /// <param name="rows">How many there are.</param>
    internal static BatchSlice OfFirst(long count, long rows) => new((double)count / rows, rows);

    /// <summary>How many rows are a share of a batch, rounded up. The product may be a rounding error above the whole number that is meant.</summary>
    internal static long RowsOf(double fraction, long rows) => (long)Math.Ceiling(fraction * rows * (1 - 1e-12));

    private long Rows(long rows) => RowsOf(_part, rows);
}
