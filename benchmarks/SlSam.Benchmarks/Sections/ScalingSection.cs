using System.Globalization;
using System.Text;
using SlSam.Benchmarks.Model;
using SlSam.Benchmarks.Reporting;
using SlSam.Benchmarks.Statistics;
using SlSam.Benchmarks.Timing;

namespace SlSam.Benchmarks.Sections;

/// <summary>How the cost of a step grows with the number of blocks, the width, the batch and the sparsity.</summary>
internal sealed class ScalingSection : ISection
{
    /// <summary>Draws in the middle of eighths of [0, 1): enough to see a curve.</summary>
    private const int Draws = 8;

    private static readonly EncoderShape s_base = new("small", Vocabulary: 1000, Width: 128, Heads: 8, Blocks: 12, Batch: 8, Length: 64);

    public string Name => "scaling";

    public SectionModels Models => SectionModels.Own;

    public SectionReport Run(EncoderShape shape, BenchmarkSettings settings)
    {
        var small = s_base with { Threads = shape.Threads, Device = shape.Device, Type = shape.Type };
        var table = new StringBuilder("| | AdamW, ms | SAM / AdamW | SL-SAM / AdamW | half-batch ascent / AdamW |\n| --- | --- | --- | --- | --- |\n");
        foreach (var blocks in new[] { 4, 12, 24, 48, 96 })
            AddRow(table, $"{blocks} blocks", small with { Blocks = blocks }, Methods.Sparsity);
        foreach (var width in new[] { 64, 256, 512 })
            AddRow(table, $"width {width}", small with { Width = width }, Methods.Sparsity);
        foreach (var batch in new[] { 2, 32 })
            AddRow(table, $"batch {batch}", small with { Batch = batch }, Methods.Sparsity);
        foreach (var sparsity in new[] { 0.1, 0.3, 0.5 })
            AddRow(table, $"s = {sparsity.ToString(CultureInfo.InvariantCulture)}", small, sparsity);
        return new SectionReport(
            $"Unless a row says otherwise {small}, s = 0.2; {Draws} evenly spread draws; medians of AdamW and SAM, means of SL-SAM; {Machine.Description}.",
            [])
        {
            Extra = table.ToString().TrimEnd(),
        };
    }

    private static void AddRow(StringBuilder table, string name, EncoderShape shape, double sparsity)
    {
        using var adamW = new OurStep(shape, new PlainOptions());
        using var sam = new OurStep(shape, new SamOptions());
        using var slSam = new OurStep(shape, Methods.Windowed(sparsity));
        using var half = new OurStep(shape, Methods.Windowed(sparsity) with { AscentFraction = 0.5 });
        var seconds = Rounds.Run(
            Draws,
            new(_ => adamW.Step()),
            new(_ => sam.Step()),
            new(round => slSam.Step(Uniform(round))),
            new(round => half.Step(Uniform(round))));
        double milliseconds = 1e3 * Median.Of(seconds[0]).Middle, samRatio = Median.OfRatios(seconds[1], seconds[0]).Middle;
        table.Append(CultureInfo.InvariantCulture, $"| {name} | {milliseconds:F1} | {samRatio:F2} | ");
        table.Append(CultureInfo.InvariantCulture, $"{Mean(seconds[2], seconds[0]):F2} | {Mean(seconds[3], seconds[0]):F2} |\n");
    }

    private static double Uniform(int round) => ((round + Draws) % Draws + 0.5) / Draws;

    private static double Mean(double[] seconds, double[] others) => seconds.Zip(others, (mine, other) => mine / other).Average();
}
