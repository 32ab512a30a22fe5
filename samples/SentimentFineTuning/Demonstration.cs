using MiniLM.Assets;
using MiniLM.Terminal;
using MiniLM.Training;
using SentimentFineTuning.CommandLine;
using SentimentFineTuning.Training;
using SentimentFineTuning.Workers;
using SlSam.Reporting;
using TorchSharp;

namespace SentimentFineTuning;

/// <summary>The whole run: what is needed is fetched and checked, methods are trained, and a table says what came out.</summary>
internal sealed class Demonstration(IDisplay display, AssetCache cache)
{
    internal const int Succeeded = 0, Failed = 1, Interrupted = 130;

    /// <summary>Runs, and says in plain words what went wrong if something did.</summary>
    /// <returns>The exit code.</returns>
    internal async Task<int> RunAsync(DemoOptions options, CancellationToken cancellation)
    {
        try
        {
            Prepare(options);
            using var team = Team.Meet();
            if (team.Count > 1)
                display.Say($"{team.Count} processes train together, each on its part of every batch.");
            var workload = options.Offline
                ? PrepareOffline(options)
                : await team.LeadFirstAsync(() => PretrainedWorkload.PrepareAsync(options, cache, display, cancellation)).ConfigureAwait(false);
            var loop = new TrainingLoop(display, TrainingLoop.FolderOf($"demo-{options.Fingerprint}"), team.Leads);
            var comparison = new MethodComparison(workload, options.Training, display, loop, team.Leads ? options.TensorBoard : null, team);
            var results = await comparison.RunAsync(options.Method, options.Compare, cancellation).ConfigureAwait(false);
            if (results.Count > 0)
                display.ShowTable(ResultTable.Columns, ResultTable.Rows(results).ToList(), ResultTable.Legend);
            if (options.Report is { } report && team.Leads)
                WriteReport(report, results);
            if (!cancellation.IsCancellationRequested)
                loop.Forget();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Said below, as it is where results were complete before.
        }
        catch (AssetUnavailableException exception)
        {
            display.Say(exception.Message);
            display.Say("Without network, --offline trains a small encoder on reviews that the program makes itself.");
            return Failed;
        }
        catch (Exception exception)
            when (exception is InvalidDataException or ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            display.Say($"Error: {exception.Message}");
            return Failed;
        }
        if (!cancellation.IsCancellationRequested)
            return Succeeded;
        display.Say("Stopped on request.");
        return Interrupted;
    }

    private static void Prepare(DemoOptions options)
    {
        if (options.Device == "cuda" && !torch.cuda.is_available())
            throw new ArgumentException("--device is cuda, but libtorch finds no CUDA device here; --device cpu computes on the CPU.");
        if (options.Threads is { } threads)
            torch.set_num_threads(threads);
    }

    /// <summary>The chosen method's run, with that of AdamW beside it where it is there, else of the first other.</summary>
    private void WriteReport(string path, IReadOnlyList<MethodResult> results)
    {
        var runs = results.Where(result => result.Run is not null).ToList();
        if (runs.Count == 0)
            return;
        if (!HtmlReport.IsAvailable)
        {
            display.Say("No report: the chart library could not be fetched with npm when this was built.");
            return;
        }
        var others = runs.Skip(1).ToList();
        var other = others.FirstOrDefault(result => result.Method == FineTuningMethod.AdamW) ?? others.FirstOrDefault();
        HtmlReport.Write(path, runs[0].Run!, other?.Run);
        display.Say($"The report is in {Path.GetFullPath(path)}; any browser shows it.");
    }

    private Workload PrepareOffline(DemoOptions options)
    {
        display.Say("Offline: nothing is fetched. A small encoder with random weights is trained on reviews that this program makes");
        display.Say("itself, so the figures say that training works, and nothing about real reviews.");
        return OfflineWorkload.Prepare(options);
    }
}
