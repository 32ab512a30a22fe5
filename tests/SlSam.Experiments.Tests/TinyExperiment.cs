using MiniLM.Encoder;
using MiniLM.Terminal;
using MiniLM.Texts;
using SlSam.Experiments.Costs;
using SlSam.Experiments.Data;
using SlSam.Experiments.Methods;
using SlSam.Experiments.Planning;
using SlSam.Experiments.Records;
using TorchSharp;

namespace SlSam.Experiments.Tests;

/// <summary>An experiment of a few steps with a small encoder on made-up texts, in a folder of its own.</summary>
internal sealed class TinyExperiment : IDisposable
{
    public static readonly ExperimentSettings Settings = new()
    {
        Steps = 4,
        Seeds = [1, 2],
        Rates = 2,
        ValidationTexts = 10,
        TestTexts = 20,
        BatchSize = 4,
        SequenceLength = 12,
        TimedSteps = 2,
        MemorySteps = 1,
    };

    public string Folder { get; } = Directory.CreateTempSubdirectory("experiment-").FullName;

    public static DataSet Data(ExperimentSettings settings, int source = 0)
    {
        var texts = SyntheticReviews.Create(120, seed: source + 1);
        return DataSet.Draw(DataSource.MadeUp[source], texts, EncoderCheckpoint.Random(texts), settings);
    }

    public static Method Find(string name) => MethodTable.All.Single(method => method.Name == name);

    public Plan Plan(ExperimentSettings? settings = null, IReadOnlyList<Method>? methods = null) =>
        new([Data(settings ?? Settings)], methods ?? [Find("adamw"), Find("slsam-windowed")], settings ?? Settings, new RecordFolder(Folder));

    /// <summary>Runs what is not done, and returns the titles of what was run.</summary>
    public async Task<List<string>> RunAsync(Plan plan, CancellationTokenSource? cancellation = null, int cancelAfter = int.MaxValue)
    {
        var display = new Recorder(cancellation, cancelAfter);
        var experiment = new Experiment(
            plan, Settings, new RecordFolder(Folder), torch.CPU, display,
            (method, _) => Task.FromResult(new MemoryRecord(method.Name, PeakMemory.Fingerprint(method, Settings), 1_000)),
            (method, _, _) => Task.FromResult(new TimeRecord(
                method.Name, StepTime.Fingerprint(method, Settings), new PairedRatio(method.Cost, 0.1), null, 0.5, 1)));
        try
        {
            await experiment.RunAsync(cancellation?.Token ?? default);
        }
        catch (OperationCanceledException)
        {
            // What was asked for.
        }
        return display.Titles;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Notes what is run, and cancels in the middle of the run after so many.</summary>
    private sealed class Recorder(CancellationTokenSource? cancellation, int cancelAfter) : IDisplay, IProgressReport
    {
        public List<string> Titles { get; } = [];

        public void Say(string line)
        {
        }

        public Task<T> TrackAsync<T>(string title, long total, ProgressUnit unit, Func<IProgressReport, Task<T>> work)
        {
            Titles.Add(title);
            return work(this);
        }

        public void Report(long done, string status)
        {
            if (Titles.Count > cancelAfter && done == 2)
                cancellation!.Cancel();
        }

        public void ShowTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, string legend)
        {
        }
    }
}
