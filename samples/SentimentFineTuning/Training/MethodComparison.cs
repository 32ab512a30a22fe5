using MiniLM.Terminal;
using MiniLM.Training;
using MiniLM.Workers;
using SentimentFineTuning.CommandLine;

namespace SentimentFineTuning.Training;

/// <summary>Gives methods the same model, the same batches and the same number of steps, and measures what each makes of them.</summary>
internal sealed class MethodComparison(
    Workload workload, TrainingSettings settings, IDisplay display, TrainingLoop loop, Team? inTeam = null)
{
    private readonly Team team = inTeam ?? Team.Alone;

    /// <summary>Enough steps of AdamW to know what one costs.</summary>
    private const int TimedSteps = 12;

    /// <summary>Trains the chosen method and those it is compared with; after a cancellation, what is complete is returned.</summary>
    internal async Task<IReadOnlyList<MethodResult>> RunAsync(FineTuningMethod chosen, Comparison compare, CancellationToken cancellation)
    {
        var results = new List<MethodResult>();
        try
        {
            if (!Methods(chosen, compare).Contains(FineTuningMethod.AdamW))
                results.Add(await TimeAdamWAsync(cancellation).ConfigureAwait(false));
            var before = await MeasureBeforeAsync(cancellation).ConfigureAwait(false);
            int place = 0;
            foreach (var method in Methods(chosen, compare))
                results.Insert(place++, await FineTuneAsync(method, before, cancellation).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // What is complete is worth showing.
        }
        return results;
    }

    private static List<FineTuningMethod> Methods(FineTuningMethod chosen, Comparison compare)
    {
        var methods = new List<FineTuningMethod> { chosen };
        if (compare == Comparison.AdamW)
            methods.Add(FineTuningMethod.AdamW);
        if (compare == Comparison.All)
            methods.AddRange(Enum.GetValues<FineTuningMethod>());
        return methods.Distinct().ToList();
    }

    private async Task<MethodResult> FineTuneAsync(FineTuningMethod method, HeldOutMeasures? before, CancellationToken cancellation)
    {
        using var model = workload.CreateModel();
        using var optimizer = OptimizerFactory.Create(model, method, settings);
        team.Join(optimizer, settings.Seed);
        return await FineTuning.TrainAsync(
            optimizer, workload, method, settings, settings.Steps, loop, cancellation, workload.HeldOutFor(model), before, team).ConfigureAwait(false);
    }

    private async Task<MethodResult> TimeAdamWAsync(CancellationToken cancellation)
    {
        using var model = workload.CreateModel();
        using var optimizer = OptimizerFactory.Create(model, FineTuningMethod.AdamW, settings);
        team.Join(optimizer, settings.Seed);
        return await FineTuning.TrainAsync(
            optimizer, workload, FineTuningMethod.AdamW, settings, Math.Min(TimedSteps, settings.Steps), new TrainingLoop(display, folder: null, inTeam: team),
            cancellation, inTeam: team).ConfigureAwait(false);
    }

    /// <summary>All methods begin with the same model: it is measured once.</summary>
    private async Task<HeldOutMeasures?> MeasureBeforeAsync(CancellationToken cancellation)
    {
        if (!team.Leads)
            return null;
        using var model = workload.CreateModel();
        return await workload.HeldOutFor(model).MeasureAsync(display, "Before training", cancellation).ConfigureAwait(false);
    }
}
