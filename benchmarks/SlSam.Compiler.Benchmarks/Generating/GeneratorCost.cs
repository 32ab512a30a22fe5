using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace SlSam.Compiler.Benchmarks.Generating;

/// <summary>The table of what the generator costs.</summary>
internal static class GeneratorCost
{
    /// <summary>A case, as the table calls it, and what it may take with one model and with a thousand; null where nothing was promised.</summary>
    private static readonly (string Case, string Text, double? One, double? Thousand)[] s_rows =
    [
        (nameof(GeneratorBenchmark.Cold), "cold", 2, 100),
        (nameof(GeneratorBenchmark.ColdOnBoundSources), "cold, sources bound before", null, null),
        (nameof(GeneratorBenchmark.ColdAndParsed), "cold, and the compiler's parse of the output", null, null),
        (nameof(GeneratorBenchmark.NoOp), "no-op", null, null),
        (nameof(GeneratorBenchmark.UnrelatedEdit), "unrelated edit, in a body", null, 10),
        (nameof(GeneratorBenchmark.UnrelatedDeclaration), "unrelated edit, of a declaration", null, 10),
        (nameof(GeneratorBenchmark.RelevantEdit), "relevant edit", null, null),
    ];

    public static void Measure(GeneratorCase measured)
    {
        GeneratorBenchmark.Case = measured;
        // In one process, so that nothing has to be built by a benchmark; one call an iteration, since each needs a compilation of its own.
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(Math.Min(5, measured.WarmUp)).WithIterationCount(measured.Iterations).WithInvocationCount(1).WithUnrollFactor(1);
        var config = ManualConfig.CreateEmpty().AddJob(job).AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(new StreamLogger(new StreamWriter(Console.OpenStandardError()) { AutoFlush = true })).WithOptions(ConfigOptions.DisableLogFile | ConfigOptions.DisableOptimizationsValidator);
        var summary = BenchmarkRunner.Run<GeneratorBenchmark>(config);

        Console.WriteLine($"{summary.HostEnvironmentInfo.RuntimeVersion}, {Environment.ProcessorCount} cores, {measured.Iterations} runs of each case, medians\n");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| case | one model of 50 layers | floor | bar | {measured.Models:N0} models | floor | bar |"));
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (name, text, one, thousand) in s_rows)
        {
            var many = measured.Models;
            Console.WriteLine(
                $"| {text} | {Cost(summary, name, 1, Measured.SlSam)} | {Cost(summary, name, 1, Measured.Floor)} | {Verdict(summary, name, 1, one)} "
                + $"| {Cost(summary, name, many, Measured.SlSam)} | {Cost(summary, name, many, Measured.Floor)} | {Verdict(summary, name, many, many == 1000 ? thousand : null)} |");
        }
    }

    private static string Cost(Summary summary, string name, int models, Measured generator)
    {
        var report = Find(summary, name, models, generator);
        var allocated = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
        return string.Create(CultureInfo.InvariantCulture, $"{Milliseconds(report):G3} ms, {allocated / 1024.0 / 1024.0:F2} MB");
    }

    private static string Verdict(Summary summary, string name, int models, double? bar)
        => bar is { } limit
            ? string.Create(CultureInfo.InvariantCulture, $"{limit} ms: {(Milliseconds(Find(summary, name, models, Measured.SlSam)) <= limit ? "met" : "missed")}")
            : "";

    private static double Milliseconds(BenchmarkReport report) => report.ResultStatistics!.Median / 1e6;

    private static BenchmarkReport Find(Summary summary, string name, int models, Measured generator)
        => summary.Reports.Single(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == name
            && report.BenchmarkCase.Parameters[nameof(GeneratorBenchmark.Models)] is int count && count == models
            && report.BenchmarkCase.Parameters[nameof(GeneratorBenchmark.Generator)] is Measured measured && measured == generator);
}
