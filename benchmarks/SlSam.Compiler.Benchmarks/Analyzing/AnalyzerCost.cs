using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SlSam.Analyzers.Models;

namespace SlSam.Compiler.Benchmarks.Analyzing;

/// <summary>
/// What all analyzers together add to the build of this solution: processor time of the compiler with them, less its time with an analyzer
/// that does nothing, as a share of compiling and emitting alone. All projects are measured, also those that use no TorchSharp: there ours
/// take less than the one that does nothing, for which every body is bound, and that counts as nothing added.
/// </summary>
internal static class AnalyzerCost
{
    private const double BarPercent = 5;
    private const int MostWarmUpRounds = 2;

    /// <returns>Whether there was anything to measure.</returns>
    public static bool Measure(int rounds, string? name)
    {
        var ours = typeof(ModelAnalyzer).Assembly.GetTypes().Where(type => type.IsDefined(typeof(DiagnosticAnalyzerAttribute), inherit: false))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!).ToImmutableArray();

        var projects = BuiltProject.All(FindSolution(), name).ToList();
        if (projects.Count == 0)
        {
            Console.Error.WriteLine(name is null ? "The solution has no project that is compiled." : $"--project is '{name}', which is no project of the solution.");
            return false;
        }

        Console.WriteLine($"\n{ours.Length} analyzers, {rounds} rounds, medians of processor time\n");
        Console.WriteLine("| project | compile and emit | analyzers add | share |");
        Console.WriteLine("| --- | --- | --- | --- |");
        double allAlone = 0, allAdded = 0;
        foreach (var project in projects)
        {
            var alone = new List<double>();
            var added = new List<double>();
            for (var round = -Math.Min(MostWarmUpRounds, rounds); round < rounds; round++)
            {
                var without = Time(project, [new SilentAnalyzer()]);
                var with = Time(project, ours);
                var only = Time(project, []);
                if (round < 0)
                    continue;
                alone.Add(only);
                added.Add(with - without);
            }

            var adds = Math.Max(0, Median(added));
            Row(project.Name, Median(alone), adds, "");
            allAlone += Median(alone);
            allAdded += adds;
        }

        if (name is null)
            Row("the solution", allAlone, allAdded, $", bar {BarPercent} %: {(allAdded <= allAlone * BarPercent / 100 ? "met" : "missed")}");
        return true;
    }

    private static double Time(BuiltProject project, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var compilation = project.Compile();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        if (!analyzers.IsEmpty)
        {
            var options = new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
            var analyzed = compilation.WithAnalyzers(analyzers, options);
            analyzed.GetAnalyzerDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult();
            compilation = analyzed.Compilation;
        }

        compilation.Emit(Stream.Null);
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds;
    }

    private static void Row(string name, double alone, double added, string verdict)
        => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {name} | {alone:F0} ms | {added:F0} ms | {100 * added / alone:F1} %{verdict} |"));

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string FindSolution()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "SlSam.sln");
            if (File.Exists(path))
                return path;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds SlSam.sln.");
    }
}
