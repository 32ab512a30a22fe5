using System.Diagnostics;
using System.Globalization;
using MiniLM.Terminal;
using SlSam.Experiments.Data;
using SlSam.Experiments.Methods;
using SlSam.Experiments.Records;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Experiments.Running;

/// <summary>One run: a method, trained on a data set from one seed and at one learning rate, and what it gave.</summary>
internal sealed class MethodRun(DataSet data, Method method, int seed, double rate, ExperimentSettings settings, Device device)
{
    /// <summary>Runs it. A cancellation ends it after the step in progress, without a record.</summary>
    public RunRecord Run(IProgressReport progress, CancellationToken cancellation)
    {
        var total = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        using var trainee = method.Create(new TraineeRequest(data, device, seed, rate, settings));
        var schedule = optim.lr_scheduler.LambdaLR(trainee.Optimizer, settings.RateAt);
        var losses = new List<double>();
        double active = 0, stepSeconds = 0;
        long trainable = 0;
        int refused = 0;
        foreach (var (batch, step) in data.Batches(seed, settings.BatchSize, device).Take(settings.Steps).Select((batch, step) => (batch, step)))
        {
            cancellation.ThrowIfCancellationRequested();
            using (batch)
            {
                var start = Stopwatch.GetTimestamp();
                var report = trainee.Step(batch);
                stepSeconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
                schedule.step();
                refused += report.Outcome == StepOutcome.Updated ? 0 : 1;
                losses.Add(report.Loss);
                active += report.ActiveParameters;
                trainable = report.TotalParameters;
            }
            progress.Report(step + 1, string.Create(CultureInfo.InvariantCulture, $"loss {Mean(losses.TakeLast(10)):0.000}"));
        }

        int padding = data.Checkpoint.Tokenizer.Vocabulary.Padding;
        var validation = seed == settings.TuningSeed ? Evaluation.Of(trainee, data.Validation, padding, device, cancellation) : null;
        var test = Evaluation.Of(trainee, data.Test, padding, device, cancellation);
        return new RunRecord
        {
            Key = RunKey.Of(data, method, seed, rate, settings),
            ValidationAccuracy = validation?.Accuracy,
            ValidationLoss = validation?.Loss,
            TestAccuracy = test.Accuracy,
            TrainingLoss = Mean(losses.TakeLast(Math.Max(1, settings.Steps / 10))),
            RefusedSteps = refused,
            ActiveParameters = active / settings.Steps,
            TrainableParameters = trainable,
            TotalParameters = trainee.TotalParameters,
            StepSeconds = stepSeconds / settings.Steps,
            TotalSeconds = total.Elapsed.TotalSeconds,
        };
    }

    private static double Mean(IEnumerable<double> values) => values.Average();
}
