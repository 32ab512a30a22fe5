using System.Diagnostics;
using System.Globalization;

namespace SlSam.Soak;

/// <summary>What the process holds in the course of a run: its largest values in each quarter, without a collection being asked for.</summary>
/// <param name="steps">How many steps the run has.</param>
internal sealed class MemoryTrack(int steps)
{
    private const double Mebibyte = 1 << 20;
    private readonly double[] _managed = new double[4];
    private readonly double[] _resident = new double[4];

    /// <summary>Looks.</summary>
    /// <param name="step">How many steps there were.</param>
    public void Look(int step)
    {
        var quarter = Math.Min(3, 4 * step / steps);
        using var process = Process.GetCurrentProcess();
        _managed[quarter] = Math.Max(_managed[quarter], GC.GetTotalMemory(forceFullCollection: false) / Mebibyte);
        _resident[quarter] = Math.Max(_resident[quarter], process.WorkingSet64 / Mebibyte);
    }

    /// <summary>Whether the last quarter needed no more than the second, but for what a heap wavers by.</summary>
    public bool IsFlat => _managed[3] <= _managed[1] + 16 && _resident[3] <= _resident[1] + 24;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"largest by quarter of the run: managed memory {Join(_managed)} MiB, resident memory {Join(_resident)} MiB: {(IsFlat ? "flat" : "it grows")}");

    private static string Join(double[] values) => string.Join(", ", values.Select(value => value.ToString("F1", CultureInfo.InvariantCulture)));
}
