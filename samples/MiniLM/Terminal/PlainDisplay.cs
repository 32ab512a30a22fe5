using System.Diagnostics;
using System.Globalization;

namespace MiniLM.Terminal;

/// <summary>Plain lines, one for each piece of work and, while it lasts, one every few seconds if wanted: for logs and pipes.</summary>
public sealed class PlainDisplay(TextWriter output, bool onlyEnds = false) : IDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public void Say(string line) => output.WriteLine(line);

    /// <inheritdoc/>
    public Task<T> TrackAsync<T>(string title, long total, ProgressUnit unit, Func<IProgressReport, Task<T>> work) =>
        work(new LineReport(output, title, total, unit, onlyEnds));

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

    private sealed class LineReport(TextWriter output, string title, long total, ProgressUnit unit, bool onlyEnds) : IProgressReport
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private TimeSpan _next = Interval;

        public void Report(long done, string status)
        {
            if (done < total && (onlyEnds || _watch.Elapsed < _next))
                return;
            _next = _watch.Elapsed + Interval;
            string amount = unit == ProgressUnit.Bytes
                ? string.Create(CultureInfo.InvariantCulture, $"{done / 1e6:0.0} of {total / 1e6:0.0} MB")
                : string.Create(CultureInfo.InvariantCulture, $"{done} of {total}");
            var left = TimeSpan.FromSeconds(_watch.Elapsed.TotalSeconds * (total - done) / Math.Max(done, 1));
            string remaining = done < total ? $", {left:mm\\:ss} left" : "";
            output.WriteLine($"{title}: {amount}{(status.Length > 0 ? $", {status}" : "")}{remaining}");
        }
    }
}
