using SlSam.Experiments.Methods;
using SlSam.Experiments.Planning;
using SlSam.Experiments.Records;
using SlSam.Experiments.Reporting;

namespace SlSam.Experiments.Tests;

public sealed class ResumeTests : IDisposable
{
    private readonly TinyExperiment _stopped = new();
    private readonly TinyExperiment _whole = new();

    [Fact]
    public async Task An_experiment_that_was_stopped_goes_on_and_gives_the_same_page()
    {
        using var cancellation = new CancellationTokenSource();
        var before = await _stopped.RunAsync(_stopped.Plan(), cancellation, cancelAfter: 2);
        Assert.Equal((3, 2), (before.Count, Runs(_stopped).Count));

        var after = await _stopped.RunAsync(_stopped.Plan());
        var all = await _whole.RunAsync(_whole.Plan());

        Assert.Equal(4, after.Count(title => title.Contains("seed", StringComparison.Ordinal)));
        Assert.Equal(all.Select(Piece).Skip(2), after.Select(Piece));
        Assert.Equal(PageWithoutTimes(_whole), PageWithoutTimes(_stopped));
        Assert.Empty(await _stopped.RunAsync(_stopped.Plan()));
        Assert.Empty(Directory.EnumerateFiles(_stopped.Folder, "*.part"));

        // What a title says after the count and the time left.
        static string Piece(string title) => title[title.IndexOf(" left: ", StringComparison.Ordinal)..];
    }

    [Fact]
    public async Task A_changed_configuration_invalidates_what_it_touches()
    {
        await _whole.RunAsync(_whole.Plan());
        Method adamW = TinyExperiment.Find("adamw"), other = TinyExperiment.Find("slsam-windowed");
        int Pending(ExperimentSettings? settings = null, params Method[] methods) => _whole.Plan(settings, methods.Length > 0 ? methods : null).Pending;

        Assert.Equal(0, Pending());
        Assert.Equal(3, Pending(null, adamW, other with { Settings = "another rho" }));
        // One rate is new, and with it perhaps another is chosen, which the second seed has not been run at.
        Assert.Equal(2, Pending(TinyExperiment.Settings with { Rates = 3 }, adamW with { Grid = [1e-4, 5e-5, 2e-4] }, other with { Grid = other.Grid.Take(2).ToList() }));
        Assert.Equal(6, Pending(TinyExperiment.Settings with { Steps = 5 }));
        Assert.Equal(6, Pending(TinyExperiment.Settings with { TestTexts = 22 }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task A_damaged_record_is_run_again(string content)
    {
        await _whole.RunAsync(_whole.Plan());
        string file = Directory.EnumerateFiles(_whole.Folder, "imdb.adamw.seed2.*").Single();
        await File.WriteAllTextAsync(file, content);

        Assert.Equal(1, _whole.Plan().Pending);
        Assert.Single(await _whole.RunAsync(_whole.Plan()));
        Assert.Equal(0, _whole.Plan().Pending);
    }

    [Fact]
    public async Task The_best_rate_on_validation_texts_is_chosen_and_the_test_texts_do_not_count()
    {
        await _whole.RunAsync(_whole.Plan());
        var run = _whole.Plan().Runs[0];
        var records = new RecordFolder(_whole.Folder);
        void Set(int index, double accuracy, double loss, double test) =>
            records.Write(run.Tried[index].Record! with { ValidationAccuracy = accuracy, ValidationLoss = loss, TestAccuracy = test });

        Set(0, 0.7, 0.5, 0.1);
        Set(1, 0.6, 0.4, 0.9);
        Assert.Equal(run.Tried[0].Rate, run.ChosenRate);

        Set(1, 0.7, 0.4, 0.1);
        Assert.Equal(run.Tried[1].Rate, run.ChosenRate);

        Set(1, 0.7, double.NaN, 0.9);
        Assert.Equal(run.Tried[0].Rate, run.ChosenRate);
    }

    public void Dispose()
    {
        _stopped.Dispose();
        _whole.Dispose();
    }

    private static IReadOnlyList<RunRecord> Runs(TinyExperiment experiment) => new RecordFolder(experiment.Folder).AllRuns();

    private static string PageWithoutTimes(TinyExperiment experiment)
    {
        var records = new RecordFolder(experiment.Folder);
        foreach (var run in records.AllRuns())
            records.Write(run with { StepSeconds = 1, TotalSeconds = 1 });
        return new ResultsReport(experiment.Plan(), TinyExperiment.Settings, records, "command", "machine").Write();
    }
}
