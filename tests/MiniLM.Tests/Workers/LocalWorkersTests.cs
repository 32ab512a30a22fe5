using MiniLM.Terminal;
using MiniLM.Workers;

namespace MiniLM.Tests.Workers;

/// <summary>Programs that are started several times, and what becomes of all when something becomes of one.</summary>
public sealed class LocalWorkersTests
{
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

    private sealed class Lines : IDisplay
    {
        public List<string> Said { get; } = [];

        public void Say(string line) => Said.Add(line);

        public Task<T> TrackAsync<T>(string title, long total, ProgressUnit unit, Func<IProgressReport, Task<T>> work) => throw new NotSupportedException();

        public void ShowTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, string legend) => throw new NotSupportedException();
    }
}
