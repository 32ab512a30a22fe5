using System.Diagnostics;
using System.Globalization;

namespace MiniLM.Terminal;

/// <summary>Plain lines, one at the end of each piece of work: for logs and pipes.</summary>
public sealed class PlainDisplay(TextWriter output) : IDisplay
{
    /// <inheritdoc/>
    public void Say(string line) => output.WriteLine(line);

    /// <inheritdoc/>
    public Task<T> TrackAsync<T>(string title, long total, ProgressUnit unit, Func<IProgressReport, Task<T>> work) =>
        work(new LineReport(output, title, total, unit));

    /// <inheritdoc/>
    public void ShowTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, string legend)
    {
        List<IReadOnlyList<string>> lines = [columns, .. rows];
        int[] widths = [.. Enumerable.Range(0, columns.Count).Select(column => lines.Max(line => line[column].Length))];
        output.WriteLine();
        foreach (var line in lines)
            output.WriteLine(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        output.WriteLine(legend);
    }

    private sealed class LineReport(TextWriter output, string title, long total, ProgressUnit unit) : IProgressReport
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private readonly ProgressPace _pace = new(Timeout.InfiniteTimeSpan);

        public void Report(long done, string status)
        {
            if (!_pace.IsDue(done, total))
                return;
            string amount = unit == ProgressUnit.Bytes
                ? string.Create(CultureInfo.InvariantCulture, $"{done / 1e6:0.0} MB")
                : string.Create(CultureInfo.InvariantCulture, $"{done} of {total}");
            output.WriteLine($"{title}: {amount}{(status.Length > 0 ? $", {status}" : "")}, {_watch.Elapsed:mm\\:ss}");
        }
    }
}
