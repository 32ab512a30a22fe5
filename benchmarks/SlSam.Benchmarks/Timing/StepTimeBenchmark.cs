using SlSam.Benchmarks.Model;
using static TorchSharp.torch;

namespace SlSam.Benchmarks.Timing;

/// <summary>One row: one of our methods, and PyTorch's step that does the same, or for the last row the step that it replaces.</summary>
internal sealed record Row(string Name, SharpnessOptions Ours, string PyTorch, bool SameWork);

/// <summary>Step time of each method here and in PyTorch, step by step in turn, so that a drift of the machine's speed meets both.</summary>
internal static class StepTimeBenchmark
{
    private const double Tolerance = 1.02;

    private static readonly Row[] s_rows =
    [
        new("AdamW", new PlainOptions(), "adamw", true),
        new("SAM", new SamOptions(), "sam", true),
        new("SL-SAM, independent", new SlSamOptions { Sparsity = 0.2, Sampling = LayerSampling.Independent, Seed = 1 }, "slsam", true),
        new("SL-SAM, windowed", new SlSamOptions { Sparsity = 0.2, Seed = 1 }, "slsam", false),
    ];

    /// <summary>Runs the benchmark and prints its table.</summary>
    /// <returns>Whether no row is slower than PyTorch by more than 2 % and the measured noise.</returns>
    public static bool Run(EncoderShape shape, int rounds, string python)
    {
        set_num_threads(shape.Threads);
        manual_seed(0);
        using var pytorch = PyTorchWorker.Start(python, shape, out var reason);
        Console.WriteLine(pytorch is null ? $"Without PyTorch: {reason}." : $"PyTorch {pytorch.Version} beside, step by step.");
        Console.WriteLine(
            $"{shape.Blocks} blocks of width {shape.Width}, batch {shape.Batch} x {shape.Length}, {shape.Threads} thread(s), {rounds} rounds after 3 to warm up.");

        var steps = s_rows.Select(row => new OurStep(shape, row.Ours)).ToArray();
        var ours = s_rows.Select(_ => new List<double>()).ToArray();
        var theirs = s_rows.Select(_ => new List<double>()).ToArray();
        for (var round = -3; round < rounds; round++)
        {
            for (var row = 0; row < s_rows.Length; row++)
            {
                var our = steps[row].Step();
                var their = pytorch?.Step(s_rows[row].PyTorch) ?? double.NaN;
                if (round >= 0)
                {
                    ours[row].Add(our);
                    theirs[row].Add(their);
                }
            }
        }

        foreach (var step in steps)
        {
            step.Dispose();
        }

        return Print(ours, theirs, pytorch is not null);
    }

    private static bool Print(List<double>[] ours, List<double>[] theirs, bool comparing)
    {
        Console.WriteLine();
        Console.WriteLine("| method | here, ms | PyTorch, ms | here / PyTorch | here / our AdamW |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        var held = true;
        for (var row = 0; row < s_rows.Length; row++)
        {
            var ratio = Mean(ours[row]) / Mean(theirs[row]);
            var noise = Math.Sqrt(RelativeError(ours[row]) + RelativeError(theirs[row]));
            var missed = comparing && s_rows[row].SameWork && ratio > Tolerance + 2 * noise;
            held &= !missed;
            Console.WriteLine(FormattableString.Invariant(
                $"| {s_rows[row].Name} | {1e3 * Mean(ours[row]):F0} | {1e3 * Mean(theirs[row]):F0} | {ratio:F2} ± {noise:F2}{(missed ? " (slower)" : "")} | {Mean(ours[row]) / Mean(ours[0]):F2} |"));
        }

        Console.WriteLine();
        Console.WriteLine("Means, since the cost of an SL-SAM step depends on the layers it draws; ± is the standard error of the ratio.");
        return held;
    }

    private static double Mean(List<double> values) => values.Average();

    /// <summary>The squared standard error of the mean, relative to it.</summary>
    private static double RelativeError(List<double> values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Count * (values.Count - 1.0) * mean * mean);
    }
}
