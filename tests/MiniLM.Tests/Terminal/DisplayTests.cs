using System.Text.Json;
using System.Text.RegularExpressions;
using MiniLM.Terminal;
using Spectre.Console;

namespace MiniLM.Tests.Terminal;

public sealed class DisplayTests
{
    [Fact]
    public async Task Json_is_an_object_on_each_line()
    {
        using var output = new StringWriter();
        await Use(new JsonDisplay(output));

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal("a \"quoted\" line", lines[0].GetProperty("text").GetString());
        var progress = lines.Where(line => line.GetProperty("type").GetString() == "progress").ToList();
        Assert.Single(progress, line => line.GetProperty("done").GetInt64() == 1000);
        Assert.Equal("bytes", progress[^1].GetProperty("unit").GetString());
        Assert.Equal("state 1000", progress[^1].GetProperty("status").GetString());
        Assert.Equal("y", lines[^1].GetProperty("rows")[0][1].GetString());
    }

    [Fact]
    public async Task Plain_text_has_one_line_for_each_piece_of_work()
    {
        using var output = new StringWriter();
        await Use(new PlainDisplay(output));

        var lines = output.ToString().Split('\n');
        Assert.StartsWith("work: 0.0 MB, state 1000, 00:", lines[1]);
        Assert.Equal(["a \"quoted\" line", "", "column  other", "x       y", "legend", ""], lines.Where((_, index) => index != 1));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public async Task A_bar_stays_on_one_line_of_a_terminal_and_its_status_gives_way(int width)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = width;
        await new TerminalDisplay(console).TrackAsync("LoRA with nBAR, 1000 steps", 1000, ProgressUnit.Count, report =>
        {
            report.Report(1000, "loss 0.697, 49 % right, 12 of 12 layers active, and more than there is room for");
            return Task.FromResult(true);
        });

        var lines = Regex.Replace(output.ToString(), @"\x1b\[[0-9;?]*[a-zA-Z]", "").Split('\n', '\r').Where(line => line.Contains("1000/1000", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lines);
        Assert.All(lines, line =>
        {
            Assert.InRange(line.TrimEnd().Length, 1, width);
            Assert.Matches(@"^LoRA with nBAR, 1000 steps ━+ 1000/1000 ", line);
            if (width >= 80)
                Assert.Contains("loss 0.697", line, StringComparison.Ordinal);
        });
    }

    private static async Task Use(IDisplay display)
    {
        display.Say("a \"quoted\" line");
        await display.TrackAsync("work", 1000, ProgressUnit.Bytes, report =>
        {
            foreach (var done in Enumerable.Range(1, 1000).Append(1000))
            {
                report.Report(done, $"state {done}");
            }

            return Task.FromResult(true);
        });
        display.ShowTable(["column", "other"], [["x", "y"]], "legend");
    }
}
