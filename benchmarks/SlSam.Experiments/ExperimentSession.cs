using MiniLM.Assets;
using MiniLM.Encoder;
using MiniLM.Terminal;
using SlSam.Experiments.CommandLine;
using SlSam.Experiments.Costs;
using SlSam.Experiments.Data;
using SlSam.Experiments.Methods;
using SlSam.Experiments.Planning;
using SlSam.Experiments.Records;
using SlSam.Experiments.Reporting;
using TorchSharp;

namespace SlSam.Experiments;

/// <summary>One call of the program: what is needed is fetched and checked, what is not done is run, and the page of results is written.</summary>
internal sealed class ExperimentSession(IDisplay display, AssetCache cache)
{
    private const int Succeeded = 0, Failed = 1, Interrupted = 130;

    /// <summary>Runs, and says in plain words what went wrong if something did.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ExperimentOptions options, CancellationToken cancellation)
    {
        try
        {
            if (options.Device == "cuda" && !torch.cuda.is_available())
                throw new ArgumentException("--device is cuda, but libtorch finds no CUDA device here; --device cpu computes on the CPU.");
            if (options.Threads is { } threads)
                torch.set_num_threads(threads);

            var data = await PrepareAsync(options, cancellation).ConfigureAwait(false);
            var methods = MethodTable.All.Where(method => options.Methods.Contains(method.Name)).ToList();
            var records = new RecordFolder(options.Records);
            var plan = new Plan(data, methods, options.Settings, records);
            ShowPlan(plan, options);
            if (options.PlanOnly)
                return Succeeded;

            var experiment = new Experiment(
                plan, options.Settings, records, torch.device(options.Device), display,
                (method, token) => PeakMemory.MeasureAsync(
                    method, options.Settings, ExperimentCommand.MemoryArguments(method, options.Settings, options.Offline), token),
                (method, progress, token) => StepTime.MeasureAsync(
                    method, options.Settings, data[0].Checkpoint, torch.device(options.Device), progress, token));
            try
            {
                await experiment.RunAsync(cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                WritePage(plan, records, options with { Output = Path.Combine(options.Records, "results.md") });
                display.Say(
                    $"Stopped on request; {plan.Total - plan.Pending} of {plan.Total} runs are kept in {options.Records}. "
                    + "The same command goes on from there.");
                return Interrupted;
            }
            WritePage(plan, records, options);
            return Succeeded;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            display.Say("Stopped on request.");
            return Interrupted;
        }
        catch (AssetUnavailableException exception)
        {
            display.Say(exception.Message);
            display.Say("Without network, --offline trains a small encoder on texts that the program makes itself.");
        }
        catch (Exception exception)
            when (exception is InvalidDataException or ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            display.Say($"Error: {exception.Message}");
        }
        return Failed;
    }

    /// <summary>Prints the memory that a method takes, measured in this process.</summary>
    public async Task<int> MeasureMemoryAsync(Method method, ExperimentSettings settings, bool offline, CancellationToken cancellation)
    {
        long bytes = await PeakMemory.MeasureHereAsync(
            method, settings, texts => offline ? EncoderCheckpoint.Random(texts) : EncoderCheckpoint.Pretrained(cache, display), cancellation)
            .ConfigureAwait(false);
        display.Say(FormattableString.Invariant($"{bytes}"));
        return Succeeded;
    }

    private async Task<IReadOnlyList<DataSet>> PrepareAsync(ExperimentOptions options, CancellationToken cancellation)
    {
        var sources = (options.Offline ? DataSource.MadeUp : DataSource.Real).Where(source => options.Data.Contains(source.Name)).ToList();
        if (!options.Offline)
            await cache.EnsureAsync([.. AssetCatalog.Encoder, .. sources.Select(source => source.Asset!)], display, cancellation).ConfigureAwait(false);

        var pretrained = options.Offline ? null : EncoderCheckpoint.Pretrained(cache, display);
        var sets = new List<DataSet>();
        foreach (var source in sources)
        {
            string path = source.Asset is null ? "" : cache.PathOf(source.Asset);
            var texts = await source.ReadAsync(path, cancellation).ConfigureAwait(false);
            var set = DataSet.Draw(source, texts, pretrained ?? EncoderCheckpoint.Random(texts), options.Settings);
            display.Say(
                $"{source.Title}: {texts.Count:N0} different texts; {set.TrainingTexts:N0} to train on, "
                + $"{set.Validation.Count:N0} to choose with, {set.Test.Count:N0} to test with.");
            sets.Add(set);
        }
        return sets;
    }

    private void ShowPlan(Plan plan, ExperimentOptions options)
    {
        if (options.PlanOnly)
        {
            var costs = plan.Costs;
            string[][] rows =
            [
                .. plan.Methods.Select(method => new[]
                {
                    method.Title,
                    string.Join(' ', method.RatesTried(options.Settings.Rates).Select(rate => FormattableString.Invariant($"{rate:0.######}"))),
                    FormattableString.Invariant($"{plan.Runs.Where(run => run.Method == method).Sum(run => run.Pending)}"),
                    Durations.Of(TimeSpan.FromSeconds(costs.RunSeconds(method))),
                }),
            ];
            display.ShowTable(
                ["Method", "Learning rates", "Runs to do", "Time of a run"], rows,
                FormattableString.Invariant($"{options.Settings.Steps} steps of {options.Settings.BatchSize} texts of {options.Settings.SequenceLength} tokens; ")
                    + $"seeds {string.Join(", ", options.Settings.Seeds)}.");
        }
        display.Say(
            $"{plan.Pending} of {plan.Total} runs, the memory of {plan.PendingMemory.Count} methods and the step time of {plan.PendingTimes.Count} are to be done, in about {Durations.Of(plan.TimeLeft)}; "
            + $"finished runs are kept in {options.Records}.");
    }

    private void WritePage(Plan plan, RecordFolder records, ExperimentOptions options)
    {
        string machine = options.Device == "cuda" ? "a GPU" : $"{Environment.ProcessorCount} cores";
        string page = new ResultsReport(plan, options.Settings, records, options.Command, machine).Write();
        string file = Path.GetFullPath(options.Output);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, page);
        display.Say($"The results are in {options.Output}.");
    }
}
