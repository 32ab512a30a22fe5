using Microsoft.Extensions.Logging;
using SlSam.Reporting.Logging;

namespace SlSam.Reporting.Tests.Logging;

public sealed class TrainingLogTests
{
    [Fact]
    public void Progress_evaluations_and_refused_steps_are_logged()
    {
        var log = new Journal(LogLevel.Information);
        var run = Training.Run(new SamOptions(), 41, refused: 12, listen: recorder =>
        {
            recorder.Tell(new TrainingLog(log, interval: 10));
            return null;
        });
        Assert.Equal([10L, 20L, 30L, 40L], log.Entries.Where(entry => entry.Id == 2).Select(entry => entry.Value("Step")));
        Assert.Equal([0L, 20L, 40L], log.Entries.Where(entry => entry.Id == 3).Select(entry => entry.Value("Step")));
        Assert.Equal(run.Evaluations.Select(each => (object?)each.Accuracy), log.Entries.Where(entry => entry.Id == 3).Select(entry => entry.Value("Accuracy")));
        var warning = Assert.Single(log.Entries, entry => entry.Level == LogLevel.Warning);
        Assert.StartsWith("Step 13 was refused (NonFiniteFirstPass): loss NaN", warning.Message, StringComparison.Ordinal);
        Assert.Equal(8, log.Entries.Count);
    }

    [Fact]
    public void Every_step_is_a_debug_message()
    {
        var log = new Journal(LogLevel.Debug);
        Training.Run(new SamOptions(), 5, listen: recorder =>
        {
            recorder.Tell(new TrainingLog(log));
            return null;
        });
        Assert.Equal(5, log.Entries.Count(entry => entry.Level == LogLevel.Debug && entry.Message.Contains(": Updated, loss", StringComparison.Ordinal)));
    }

    private sealed record Entry(int Id, LogLevel Level, string Message, IReadOnlyList<KeyValuePair<string, object?>> Values)
    {
        public object? Value(string name) => Values.First(value => value.Key == name).Value;
    }

    private sealed class Journal(LogLevel least) : ILogger
    {
        public List<Entry> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel level) => level >= least;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(level))
            {
                Entries.Add(new Entry(id.Id, level, formatter(state, exception), [.. (IReadOnlyList<KeyValuePair<string, object?>>)state!]));
            }
        }
    }
}
