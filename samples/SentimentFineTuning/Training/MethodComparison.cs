using MiniLM.Encoder;
using MiniLM.Terminal;
using MiniLM.Training;
using SentimentFineTuning.CommandLine;
using SentimentFineTuning.Workers;
using SlSam;
using SlSam.Reporting.TensorBoard;

namespace SentimentFineTuning.Training;

/// <summary>Gives methods the same model, the same batches and the same number of steps, and measures what each makes of them.</summary>
internal sealed class MethodComparison(
    Workload workload, TrainingSettings settings, IDisplay display, TrainingLoop loop, string? tensorBoardFolder = null, Team? inTeam = null)
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
            double before = await MeasureBeforeAsync(cancellation).ConfigureAwait(false);
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

    private async Task<MethodResult> FineTuneAsync(FineTuningMethod method, double before, CancellationToken cancellation)
    {
        using var model = workload.CreateModel();
        using var optimizer = OptimizerFactory.Create(model, method, settings);
        team.Join(optimizer, settings.Seed);
        using var recorder = new RunRecorder(optimizer, new RunRecorderOptions { Name = method.DisplayName(), Settings = settings.Describe() });
        using var board = tensorBoardFolder is null ? null : new TensorBoardWriter(recorder, Path.Combine(tensorBoardFolder, method.DisplayName()));
        if (team.Leads)
            recorder.AddEvaluation(accuracy: before);
        var result = await FineTuning.TrainAsync(optimizer, workload, method, settings, settings.Steps, loop, cancellation, recorder, team)
            .ConfigureAwait(false);
        if (result.Steps < settings.Steps)
            throw new OperationCanceledException();
        double after = await MeasureAsync($"{method.DisplayName()}, measuring", model, cancellation).ConfigureAwait(false);
        if (team.Leads)
            recorder.AddEvaluation(accuracy: after);
        var run = recorder.ToRun();
        return result with { AccuracyBefore = before, AccuracyAfter = after, Run = run.Totals.Steps > 0 ? run : null };
    }

    private async Task<MethodResult> TimeAdamWAsync(CancellationToken cancellation)
    {
        using var model = workload.CreateModel();
        using var optimizer = OptimizerFactory.Create(model, FineTuningMethod.AdamW, settings);
        team.Join(optimizer, settings.Seed);
        int steps = Math.Min(TimedSteps, settings.Steps);
        var result = await FineTuning.TrainAsync(
            optimizer, workload, FineTuningMethod.AdamW, settings, steps, new TrainingLoop(display, folder: null), cancellation, inTeam: team)
            .ConfigureAwait(false);
        if (result.Steps < steps)
            throw new OperationCanceledException();
        return result;
    }

    private async Task<double> MeasureBeforeAsync(CancellationToken cancellation)
    {
        using var model = workload.CreateModel();
        return await MeasureAsync("Before training, measuring", model, cancellation).ConfigureAwait(false);
    }

    private Task<double> MeasureAsync(string title, TextClassifier model, CancellationToken cancellation) =>
        !team.Leads ? Task.FromResult(double.NaN) : display.TrackAsync(title, workload.HeldOut.Count, ProgressUnit.Count, progress =>
            Task.FromResult(TextAccuracy.Of(model, workload.HeldOut, workload.PaddingId, workload.Device, progress, cancellation)));
}
