using SlSam.Benchmarks.Model;
using SlSam.Benchmarks.Reporting;
using SlSam.Benchmarks.Sections;
using static TorchSharp.torch;

namespace SlSam.Benchmarks.CommandLine;

/// <summary>Runs the chosen sections; prints each one's table, and fills it in, as soon as it is there.</summary>
internal static class Benchmark
{
    /// <returns>The exit code: 1 if a bar was missed by more than the noise, 2 if nothing was measured.</returns>
    public static int Run(BenchmarkOptions options)
    {
        var plan = options.Sections.SelectMany(section => Plan(section, options.Models)).ToList();
        if (Problem(options, plan) is { } problem)
        {
            Console.Error.WriteLine(problem);
            return 2;
        }

        set_num_threads(options.Models[0].Threads);
        manual_seed(0);
        var missed = new List<string>();
        foreach (var (name, section, shape) in plan)
        {
            var start = DateTime.UtcNow;
            var report = section.Run(shape, options.Settings);
            Console.WriteLine($"## {name}\n\n{report}");
            Console.Error.WriteLine(FormattableString.Invariant($"({name} took {(DateTime.UtcNow - start).TotalSeconds:F0} s)"));
            if (options.Page is { } page)
                MeasuredPage.Write(page, name, report.ToString());
            if (report.Missed)
                missed.Add(name);
        }

        Console.WriteLine(missed.Count == 0
            ? "No bar is missed by more than the noise."
            : $"Bars are missed by more than the noise in {string.Join(", ", missed)}.");
        return missed.Count == 0 ? 0 : 1;
    }

    private static IEnumerable<(string Name, ISection Section, EncoderShape Shape)> Plan(ISection section, IReadOnlyList<EncoderShape> models) =>
        from shape in section.Models == SectionModels.All ? models : [models[0]]
        select (section.Models == SectionModels.Own ? section.Name : $"{section.Name} {shape.Name}", section, shape);

    private static string? Problem(BenchmarkOptions options, IEnumerable<(string Name, ISection Section, EncoderShape Shape)> plan)
    {
        if (options.Models.FirstOrDefault(shape => shape.Width % shape.Heads != 0) is { } uneven)
            return $"--width is {uneven.Width}, but the {uneven.Heads} heads of {uneven.Name} must divide it.";
        if (options.Models[0].IsCuda && !cuda.is_available())
            return "--device is cuda, but libtorch finds no CUDA GPU here; valid is cpu.";
        if (options.Page is not { } page)
            return null;
        if (!File.Exists(page))
            return $"--write is for a checkout of the repository: there is no {page} here.";
        var text = File.ReadAllText(page);
        return plan.Select(each => each.Name).FirstOrDefault(name => MeasuredPage.Fill(text, name, "") is null) is { } missing
            ? $"--write: {page} has no place for '{missing}', which are the lines '<!-- measured {missing} -->' and '<!-- end of {missing} -->'."
            : null;
    }
}
