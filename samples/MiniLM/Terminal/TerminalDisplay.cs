using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MiniLM.Terminal;

/// <summary>Progress bars and a table, for a terminal.</summary>
public sealed class TerminalDisplay(IAnsiConsole console) : IDisplay
{
    /// <summary>What a bar, the amount in bytes, a rate, the remaining time and the gaps between them take at least.</summary>
    private const int BarWidth = 8, BytesWidth = 14, RateWidth = 9, TimeWidth = 8, Gaps = 6;

    /// <inheritdoc/>
    public void Say(string line) => console.MarkupLineInterpolated($"{line}");

    /// <inheritdoc/>
    public Task<T> TrackAsync<T>(string title, long total, ProgressUnit unit, Func<IProgressReport, Task<T>> work)
    {
        ProgressColumn amount = unit == ProgressUnit.Bytes ? new DownloadedColumn() : new CountColumn();
        ProgressColumn rate = unit == ProgressUnit.Bytes ? new TransferSpeedColumn() : new RateColumn();
        int amountWidth = unit == ProgressUnit.Bytes ? BytesWidth : 2 * total.ToString(CultureInfo.InvariantCulture).Length + 1;
        var status = new StatusColumn(title.Length + BarWidth + amountWidth + RateWidth + TimeWidth + Gaps);
        return console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), amount, rate, new RemainingTimeColumn(), status)
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: Math.Max(total, 1));
                var result = await work(new BarReport(task, status)).ConfigureAwait(false);
                task.StopTask();
                return result;
            });
    }

    /// <inheritdoc/>
    public void ShowTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, string legend)
    {
        var table = new Table().RoundedBorder().Caption(Markup.Escape(legend));
        foreach (string column in columns)
        {
            var alignment = column == columns[0] ? Justify.Left : Justify.Right;
            table.AddColumn(new TableColumn(Markup.Escape(column)).Alignment(alignment));
        }
        foreach (var row in rows)
            table.AddRow(row.Select(Markup.Escape).ToArray());
        console.WriteLine();
        console.Write(table);
    }

    private sealed class BarReport(ProgressTask task, StatusColumn column) : IProgressReport
    {
        public void Report(long done, string status)
        {
            task.Value = done;
            column.Status = status;
        }
    }

    /// <summary>How many of how many.</summary>
    private sealed class CountColumn : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text($"{task.Value:0}/{task.MaxValue:0}");
    }

    /// <summary>How many in a second.</summary>
    private sealed class RateColumn : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(task.Speed is { } speed ? string.Create(CultureInfo.InvariantCulture, $"{speed:0.0}/s") : "");
    }

    /// <summary>Loss, active layers, or what else the work reports: as much of it as fits beside the rest, so that all stays on one line.</summary>
    private sealed class StatusColumn(int reserved) : ProgressColumn
    {
        public string Status { get; set; } = "";

        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
        {
            int left = Math.Max(0, options.ConsoleSize.Width - reserved);
            return new Text(Status.Length <= left ? Status : left == 0 ? "" : $"{Status[..(left - 1)]}…");
        }
    }
}
