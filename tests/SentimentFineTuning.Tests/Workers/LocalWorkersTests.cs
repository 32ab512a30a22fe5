using System.Diagnostics;
using SlSam;

namespace SentimentFineTuning.Tests.Workers;

/// <summary>The program as several processes on this machine, which it starts itself.</summary>
public sealed class LocalWorkersTests
{
    private const string Training = "--offline --workers 2 --steps 3 --batch-size 5 --method sam --compare none --examples 20 --sequence-length 8 --no-report";

    [SkippableFact]
    public void Workers_train_together_and_the_first_shows_what_came_out()
    {
        Skip.IfNot(ProcessGroup.IsAvailable(ProcessGroupBackend.Gloo), "The native library is not there, or has no Gloo.");

        var (code, output) = Run(Training);

        Assert.True(code == 0, output);
        Assert.Contains("2 processes train together", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n'), line => line.StartsWith("SAM ", StringComparison.Ordinal));
    }

    private static (int Code, string Output) Run(string arguments)
    {
        var program = typeof(Demonstration).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", ["exec", program, .. arguments.Split(' ')])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ROLL_FORWARD"] = "Major";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
