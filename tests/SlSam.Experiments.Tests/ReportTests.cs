using SlSam.Experiments.Costs;
using SlSam.Experiments.Methods;
using SlSam.Experiments.Planning;
using SlSam.Experiments.Records;
using SlSam.Experiments.Reporting;

namespace SlSam.Experiments.Tests;

public sealed class ReportTests : IDisposable
{
    private static readonly ExperimentSettings Settings = TinyExperiment.Settings with { Seeds = [1, 2, 3], Rates = 3, TestTexts = 40 };

    private readonly TinyExperiment _experiment = new();

    [Fact]
    public void Given_records_the_page_is_this_one()
    {
        Method[] methods =
        [
            .. new[] { "adamw", "slsam-windowed", "lora", "lora-nbar" }.Select(TinyExperiment.Find)
                .Select(method => method with { Settings = "as ever", Summary = $"{method.Name}'s" }),
        ];
        var data = TinyExperiment.Data(Settings);
        var records = new RecordFolder(_experiment.Folder);
        for (int index = 0; index < methods.Length; index++)
        {
            double best = methods[index].Grid[methods[index].Name == "lora" ? 2 : 1];
            foreach (double rate in methods[index].Grid)
                foreach (int seed in rate == best ? Settings.Seeds : [1])
                    if (methods[index].Name != "lora-nbar" || rate != methods[index].Grid[2])
                        records.Write(Record(RunKey.Of(data, methods[index], seed, rate, Settings), index, rate == best));
            if (index != 1)
            {
                records.Write(new TimeRecord(
                    methods[index].Name, StepTime.Fingerprint(methods[index], Settings), new PairedRatio(1 + 0.1 * index, 0.02),
                    index > 1 ? new PairedRatio(0.8 + 0.1 * index, 0.01) : null, 0.4, 2 + index));
                records.Write(new MemoryRecord(methods[index].Name, PeakMemory.Fingerprint(methods[index], Settings), 400_000_000 - 100_000_000 * index));
            }
        }
        var plan = new Plan([data], methods, Settings, records);

        string page = new ResultsReport(plan, Settings, records, "./build.sh experiment", "2 cores").Write();

        string expected = Path.Combine(AppContext.BaseDirectory, "expected-results.md");
        if (Environment.GetEnvironmentVariable("SLSAM_UPDATE") == "1")
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "../../../expected-results.md"), page);
        else
            Assert.Equal(File.ReadAllText(expected), page);
    }

    public void Dispose() => _experiment.Dispose();

    private static RunRecord Record(RunKey key, int method, bool isBest) => new()
    {
        Key = key,
        ValidationAccuracy = key.Seed == 1 ? isBest ? 0.8 : 0.7 : null,
        ValidationLoss = key.Seed == 1 ? 0.5 : null,
        TestAccuracy = 0.80 + 0.01 * method + 0.005 * key.Seed,
        TrainingLoss = 0.4,
        RefusedSteps = method == 1 && key.Seed == 2 ? 3 : 0,
        ActiveParameters = 1_000 / (method + 1) + key.Seed,
        TrainableParameters = 1_000_000 / (method + 1),
        TotalParameters = 2_000,
        StepSeconds = 0.5,
        TotalSeconds = 50,
    };
}
