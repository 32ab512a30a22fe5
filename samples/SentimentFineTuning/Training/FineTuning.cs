using MiniLM.Encoder;
using MiniLM.Training;
using MiniLM.Workers;
using SlSam;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SentimentFineTuning.Training;

/// <summary>The training of one method.</summary>
internal static class FineTuning
{
    /// <summary>Trains a model in place; a cancellation ends the loop after the step in progress.</summary>
    /// <returns>What was done.</returns>
    /// <exception cref="OperationCanceledException">It was ended before it was complete.</exception>
    internal static async Task<MethodResult> TrainAsync(
        TextClassifierSlSam optimizer, Workload workload, FineTuningMethod method, TrainingSettings settings, int steps,
        TrainingLoop loop, CancellationToken cancellation, HeldOut? heldOut = null, HeldOutMeasures? before = null, Team? inTeam = null)
    {
        var team = inTeam ?? Team.Alone;
        var schedule = optim.lr_scheduler.LambdaLR(optimizer, settings.RateAt);
        var record = await loop.RunAsync(method.DisplayName(), steps, optimizer, schedule, step =>
        {
            using var batch = workload.BatchOf(team.PartOf(workload.TrainingReviews(step, settings.BatchSize), optimizer));
            return optimizer.Step(batch.TokenIds, batch.Mask, logits => functional.cross_entropy(logits, batch.Labels));
        }, heldOut, cancellation, before).ConfigureAwait(false);
        return new MethodResult
        {
            Method = method,
            Steps = record.Losses.Count,
            AccuracyBefore = before?.All.Accuracy,
            AccuracyAfter = record.After?.Accuracy,
            ActiveShare = record.ActiveShares.DefaultIfEmpty(0).Average(),
            Losses = record.Losses,
            Times = new StepTimes(record.Seconds),
        };
    }
}
