using MiniLM.Assets;
using MiniLM.CommandLine;
using MiniLM.Terminal;
using MiniLM.Training;
using MiniLM.Workers;
using SentimentFineTuning.CommandLine;
using SentimentFineTuning.Training;
using TorchSharp;

namespace SentimentFineTuning;

/// <summary>The whole run: what is needed is fetched and checked, methods are trained, and a table says what came out.</summary>
internal sealed class Demonstration(IDisplay display, AssetCache cache)
{
    private const string WithoutNetwork = "Without network, --offline trains a small encoder on reviews that the program makes itself.";

    /// <summary>Runs, and says in plain words what went wrong if something did.</summary>
    /// <returns>The exit code.</returns>
    internal Task<int> RunAsync(DemoOptions options, CancellationToken cancellation) =>
        ExitCode.OfAsync(display, WithoutNetwork, () => CompareAsync(options, cancellation), cancellation);

    private async Task<int> CompareAsync(DemoOptions options, CancellationToken cancellation)
    {
        Prepare(options);
        using var team = Team.Meet(options.Device);
        if (team.Count > 1)
            display.Say($"{team.Count} processes train together, each on its part of every batch.");
        var workload = options.Offline
            ? PrepareOffline(options)
            : await team.LeadFirstAsync(() => PretrainedWorkload.PrepareAsync(options, cache, display, cancellation)).ConfigureAwait(false);
        var loop = new TrainingLoop(
            display, TrainingLoop.FolderOf($"demo-{options.Fingerprint}"), options.Recording with { Settings = options.Training.Describe() }, team);
        var comparison = new MethodComparison(workload, options.Training, display, loop, team);
        var results = await comparison.RunAsync(options.Method, options.Compare, cancellation).ConfigureAwait(false);
        if (results.Count > 0)
            display.ShowTable(ResultTable.Columns, ResultTable.Rows(results).ToList(), ResultTable.Legend);
        loop.WriteReport(options.Method.DisplayName(), over: Other(options.Method, results));
        if (!cancellation.IsCancellationRequested)
            loop.Forget();
        return ExitCode.Succeeded;
    }

    /// <summary>What the chosen method's run is laid over: AdamW's, or the first other where AdamW is the chosen one.</summary>
    private static string? Other(FineTuningMethod chosen, IReadOnlyList<MethodResult> results) => results
        .Select(result => result.Method).Where(method => method != chosen)
        .OrderBy(method => method != FineTuningMethod.AdamW).Select(method => method.DisplayName()).FirstOrDefault();

    private static void Prepare(DemoOptions options)
    {
        if (options.Device == "cuda" && !torch.cuda.is_available())
            throw new ArgumentException("--device is cuda, but libtorch finds no CUDA device here; --device cpu computes on the CPU.");
        if (options.Threads is { } threads)
            torch.set_num_threads(threads);
    }

    private Workload PrepareOffline(DemoOptions options)
    {
        display.Say("Offline: nothing is fetched. A small encoder with random weights is trained on reviews that this program makes");
        display.Say("itself, so the figures say that training works, and nothing about real reviews.");
        return OfflineWorkload.Prepare(options);
    }
}
