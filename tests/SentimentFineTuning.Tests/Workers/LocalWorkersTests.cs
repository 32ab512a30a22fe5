using System.Diagnostics;
using MiniLM.Terminal;
using SentimentFineTuning.Workers;
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

    [SkippableFact]
    public async Task When_one_fails_all_end_and_what_it_said_is_shown()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The workers are a shell's.");
        var display = new Lines();

        int code = await new LocalWorkers(display).RunAsync(
            3, ["sh", "-c", "[ $RANK = 1 ] || exec cat; echo worker $LOCAL_RANK of $WORLD_SIZE has no data >&2; exit 3"], CancellationToken.None);

        Assert.Equal(3, code);
        Assert.Contains("Worker 1 was the first to fail, with exit code 3", display.Said[0], StringComparison.Ordinal);
        Assert.Equal("  worker 1 of 3 has no data", Assert.Single(display.Said.Skip(1)));
    }

    [SkippableFact]
    public async Task A_cancellation_asks_all_to_stop()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The workers are a shell's.");
        using var cancellation = new CancellationTokenSource();
        var display = new Lines();

        var run = new LocalWorkers(display).RunAsync(2, ["cat"], cancellation.Token);
        Assert.False(run.IsCompleted);
        await cancellation.CancelAsync();

        Assert.Equal(0, await run);
        Assert.Empty(display.Said);
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

    private sealed class Lines : IDisplay
    {
        public List<string> Said { get; } = [];

        public void Say(string line) => Said.Add(line);

        public Task<T> TrackAsync<T>(string title, long total, ProgressUnit unit, Func<IProgressReport, Task<T>> work) => throw new NotSupportedException();

        public void ShowTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, string legend) => throw new NotSupportedException();
    }
}
