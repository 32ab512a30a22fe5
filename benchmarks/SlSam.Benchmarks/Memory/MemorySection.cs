using SlSam.Benchmarks.Model;
using SlSam.Benchmarks.Reporting;
using SlSam.Benchmarks.Sections;
using SlSam.Benchmarks.Statistics;

namespace SlSam.Benchmarks.Memory;

/// <summary>The peak of a step's memory, and what optimizers hold between steps.</summary>
internal sealed class MemorySection : ISection
{
    private const double Mebibyte = 1 << 20;

    /// <summary>Large enough that what .NET takes of malloc meanwhile is nothing beside an optimizer's state.</summary>
    private static readonly EncoderShape s_wide = new("wide", Vocabulary: 1000, Width: 1024, Heads: 16, Blocks: 4, Batch: 1, Length: 16);

    public string Name => "memory";

    public SectionModels Models => SectionModels.First;

    public SectionReport Run(EncoderShape shape, BenchmarkSettings settings)
    {
        if (!ProcessMemory.IsSupported)
            return new SectionReport("Not measured: this system does not tell the peak of a process's memory.", []);
        double adamW = MemoryChild.Measure("adamw", shape).Max(), sam = MemoryChild.Measure("sam", shape).Max();
        long[] slSam = MemoryChild.Measure("slsam", shape), half = MemoryChild.Measure("slsam-half", shape);
        double full = MemoryChild.Measure("state-adamw", s_wide)[0], masked = MemoryChild.Measure("state-speft", s_wide)[0];
        return new SectionReport(
            $"{shape}; {Machine.Description}.",
            [
                Size("AdamW's peak", adamW),
                Size("SAM's peak", sam),
                Ratio("SL-SAM's peak / SAM's, the draw that takes most", slSam.Max() / sam, 0.75),
                Ratio("SL-SAM's peak / SAM's, mean over draws", slSam[..^1].Average() / sam),
                Ratio("the same with ascent on half of the batch, the draw that takes most", half.Max() / sam),
                Size(FormattableString.Invariant($"AdamW's state for {s_wide.Parameters / 1e6:F1} million parameters"), full),
                new("SPEFT's state at density 0.5 % / AdamW's", Estimate.Exact(masked / full), 0.02, "0.00 %"),
            ]);
    }

    private static Measure Size(string what, double bytes) => new(what, Estimate.Exact(bytes / Mebibyte), Format: "0.0 MiB");

    private static Measure Ratio(string what, double ratio, double? bar = null) => new(what, Estimate.Exact(ratio), bar);
}
