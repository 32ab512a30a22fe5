using System.Diagnostics;
using System.Text.Json;

namespace MiniLM.Terminal;

/// <summary>
/// A JSON object on each line, for other programs: <c>message</c> with its text, <c>progress</c> (at most once a second, and at the end of each piece of work) and
/// <c>table</c>.
/// </summary>
public sealed class JsonDisplay(TextWriter output) : IDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public void Say(string line) => Write(new { type = "message", text = line });

    /// <inheritdoc/>
    public Task<T> TrackAsync<T>(string title, long total, ProgressUnit unit, Func<IProgressReport, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return work(new ObjectReport(this, title, total, unit));
    }

    /// <inheritdoc/>
    public void ShowTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, string legend) =>
        Write(new { type = "table", columns, rows, legend });

    private void Write<T>(T value)
    {
        string line = JsonSerializer.Serialize(value);
        lock (output)
            output.WriteLine(line);
    }

    private sealed class ObjectReport(JsonDisplay display, string title, long total, ProgressUnit unit) : IProgressReport
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private readonly ProgressPace _pace = new(Interval);

        public void Report(long done, string status)
        {
            if (_pace.IsDue(done, total))
                display.Write(new
                {
                    type = "progress",
                    title,
                    done,
                    total,
                    unit = unit == ProgressUnit.Bytes ? "bytes" : "count",
                    seconds = Math.Round(_watch.Elapsed.TotalSeconds, 3),
                    status,
                });
        }
    }
}
