using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using MiniLM.Tests;
using SlSam;

namespace Gallery.Tests;

/// <summary>The sample that trains in several processes, as a process that starts others.</summary>
public sealed class DataParallelTests
{
    [SkippableFact]
    public void Several_processes_come_to_where_one_comes()
    {
        Skip.IfNot(ProcessGroup.IsAvailable(ProcessGroupBackend.Gloo), "The native library is not there, or has no Gloo.");
        using var folder = new TemporaryFolder();
        var report = Path.Combine(folder.Path, "report.html");

        var (code, output) = Run(folder.Path, "--offline", "--steps", "4", "--workers", "3", "--report", report);

        Assert.True(code == 0, output);
        Assert.Contains("3 processes: all have the same bits in every weight", output);
        Assert.Matches(@"(?m)^3 processes +\d", output);
        Assert.InRange(Number(output, @"No step's loss differs by more than (\S+)\.\s"), 0, 1e-4);
        Assert.InRange(Number(output, @"The weights lie (\S+) of the way apart"), 0, 0.02);
        if (SlSam.Reporting.HtmlReport.IsAvailable)
        {
            Assert.Contains("<title>3 processes and 1 process</title>", File.ReadAllText(report));
        }

        Assert.False(Directory.Exists(Path.Combine(folder.Path, "runs", "parallel-offline")));
    }

    private static double Number(string output, string pattern) => double.Parse(Regex.Match(output, pattern).Groups[1].Value, CultureInfo.InvariantCulture);

    private static (int Code, string Output) Run(string cache, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "DataParallel.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ROLL_FORWARD"] = "Major";
        start.Environment["SLSAM_CACHE"] = cache;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
