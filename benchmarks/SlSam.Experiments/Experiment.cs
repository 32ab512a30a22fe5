using MiniLM.Terminal;
using SlSam.Experiments.Costs;
using SlSam.Experiments.Methods;
using SlSam.Experiments.Planning;
using SlSam.Experiments.Records;
using SlSam.Experiments.Running;
using static TorchSharp.torch;

namespace SlSam.Experiments;

/// <summary>Does what of a plan is not done yet, run by run.</summary>
internal sealed class Experiment(
    Plan plan, ExperimentSettings settings, RecordFolder records, Device device, IDisplay display,
    Func<Method, CancellationToken, Task<MemoryRecord>> measureMemory,
    Func<Method, IProgressReport, CancellationToken, Task<TimeRecord>> measureTime)
{
    /// <summary>Runs until all is done, or until it is cancelled: then what is complete is kept, and the next call goes on from there.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var planned in plan.Runs)
            while (planned.Next is var (seed, rate))
            {
                cancellation.ThrowIfCancellationRequested();
                var run = new MethodRun(planned.Data, planned.Method, seed, rate, settings, device);
                string title = FormattableString.Invariant(
                    $"{plan.Total - plan.Pending + 1}/{plan.Total}, {Left()} left: {planned.Data.Source.Title}, {planned.Method.Title}, seed {seed}, rate {rate:0.######}");
                var record = await display.TrackAsync(
                    title, settings.Steps, ProgressUnit.Count, progress => Task.FromResult(run.Run(progress, cancellation))).ConfigureAwait(false);
                records.Write(record);
            }

        foreach (var method in plan.PendingMemory)
        {
            cancellation.ThrowIfCancellationRequested();
            var record = await display.TrackAsync(
                $"{Left()} left: memory of {method.Title}", 1, ProgressUnit.Count, async progress =>
                {
                    var measured = await measureMemory(method, cancellation).ConfigureAwait(false);
                    progress.Report(1, FormattableString.Invariant($"{measured.PeakBytes / 1e6:0} MB"));
                    return measured;
                }).ConfigureAwait(false);
            records.Write(record);
        }

        foreach (var method in plan.PendingTimes)
        {
            cancellation.ThrowIfCancellationRequested();
            var record = await display.TrackAsync(
                $"{Left()} left: step time of {method.Title}", StepTime.Rounds(settings), ProgressUnit.Count, progress => measureTime(method, progress, cancellation))
                .ConfigureAwait(false);
            records.Write(record);
        }
    }

    private string Left() => Durations.Of(plan.TimeLeft);
}
