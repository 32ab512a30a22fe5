using System.Diagnostics;
using MiniLM.Encoder;
using MiniLM.Terminal;
using SentimentFineTuning.Workers;
using SlSam;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SentimentFineTuning.Training;

/// <summary>The training loop.</summary>
internal static class FineTuning
{
    /// <summary>Trains a model in place; a cancellation ends the loop after the step in progress.</summary>
    /// <returns>What was done, without accuracies.</returns>
    internal static MethodResult Train(
        TextClassifierSlSam optimizer, Workload workload, FineTuningMethod method, TrainingSettings settings, int steps,
        IProgressReport progress, CancellationToken cancellation, RunRecorder? recorder = null, Team? inTeam = null)
    {
        var team = inTeam ?? Team.Alone;
        var schedule = optim.lr_scheduler.LambdaLR(optimizer, settings.RateAt);
        var losses = new List<double>(steps);
        var seconds = new List<double>(steps);
        double activeShares = 0;
        for (int step = 0; step < steps && !team.IsAskedToStop(cancellation); step++)
        {
            using var batch = workload.BatchOf(team.PartOf(workload.TrainingReviews(step, settings.BatchSize), optimizer));
            var watch = Stopwatch.StartNew();
            var report = optimizer.Step(batch.TokenIds, batch.Mask, logits => functional.cross_entropy(logits, batch.Labels));
            seconds.Add(watch.Elapsed.TotalSeconds);
            recorder?.Add(report);
            if (report.Outcome != StepOutcome.Updated)
                throw new InvalidOperationException(
                    $"Step {step + 1} of {method.DisplayName()} was refused ({report.Outcome}); a smaller learning rate may help.");
            schedule.step();
            losses.Add(report.Loss);
            activeShares += (double)report.ActiveParameters / report.TotalParameters;
            progress.Report(step + 1, $"loss {Recent(losses):0.000}, {report.ActiveArms} of {optimizer.Arms.Count} layers active");
        }
        return new MethodResult
        {
            Method = method,
            Steps = losses.Count,
            ActiveShare = losses.Count == 0 ? 0 : activeShares / losses.Count,
            Losses = losses,
            Times = new StepTimes(seconds),
        };
    }

    /// <summary>The mean of the last ten losses: one batch's loss says little.</summary>
    private static double Recent(List<double> losses) => losses.TakeLast(10).Average();
}
