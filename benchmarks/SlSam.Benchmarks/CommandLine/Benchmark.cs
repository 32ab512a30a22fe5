using SlSam.Benchmarks.Reporting;
using static TorchSharp.torch;

namespace SlSam.Benchmarks.CommandLine;

/// <summary>Runs the chosen sections and prints each one's table as soon as it is there.</summary>
internal static class Benchmark
{
    /// <returns>The exit code: 1 if a bar was missed by more than the noise.</returns>
    public static int Run(BenchmarkOptions options)
    {
        if (options.Models.FirstOrDefault(shape => shape.Width % shape.Heads != 0) is { } uneven)
        {
            Console.Error.WriteLine($"--width is {uneven.Width}, but the {uneven.Heads} heads of {uneven.Name} must divide it.");
            return 1;
        }

        if (options.Models[0].IsCuda && !cuda.is_available())
        {
            Console.Error.WriteLine("--device is cuda, but libtorch finds no CUDA GPU; valid here is cpu.");
            return 1;
        }

        set_num_threads(options.Models[0].Threads);
        manual_seed(0);
        var reports = new List<SectionReport>();
        foreach (var section in options.Sections)
        {
            foreach (var shape in section.ForEveryModel ? options.Models : [options.Models[0]])
            {
                var start = DateTime.UtcNow;
                var report = section.Run(shape, options.Settings);
                reports.Add(report);
                Console.WriteLine($"## {report.Name}\n\n{report}");
                Console.Error.WriteLine(FormattableString.Invariant($"({report.Name}: {(DateTime.UtcNow - start).TotalSeconds:F0} s)"));
            }
        }

        if (options.Page is { } page)
            MeasuredPage.Write(page, reports);
        var missed = reports.Where(report => report.Missed).Select(report => report.Name).ToList();
        Console.WriteLine(missed.Count == 0 ? "No bar is missed by more than the noise." : $"Bars are missed by more than the noise in {string.Join(", ", missed)}.");
        return missed.Count == 0 ? 0 : 1;
    }
}
