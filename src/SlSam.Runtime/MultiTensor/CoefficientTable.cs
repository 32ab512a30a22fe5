using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>A row of numbers for each tensor of a list, float64 in main memory, where a multi-tensor function reads them; written anew for each step.</summary>
/// <param name="columns">How many numbers a row has.</param>
internal sealed class CoefficientTable(int columns) : IDisposable
{
    private Tensor? _table;
    private int _rows;

    /// <summary>The table, of shape [rows, columns]; the first rows count.</summary>
    public Tensor Table => _table!;

    /// <summary>Gives room for rows; what they held before is lost.</summary>
    public Span<double> Rows(int count)
    {
        if (_rows < count)
        {
            _table?.Dispose();
            _rows = Math.Max(16, 2 * count);
            _table = zeros(_rows, columns, dtype: ScalarType.Float64).DetachFromDisposeScope();
        }

        return MemoryMarshal.Cast<byte, double>(_table!.bytes)[..(count * columns)];
    }

    public void Dispose() => _table?.Dispose();
}
