using MiniLM.Terminal;
using SlSam.Experiments.CommandLine;
using SlSam.Experiments.Costs;
using TorchSharp;

namespace SlSam.Experiments.Tests;

public sealed class TimingTests
{
    [Fact]
    public void The_ratio_of_pairs_is_that_of_the_means_and_its_error_that_of_the_differences()
    {
        // Differences from 1.5 times the reference: 0.5, -0.5, 0, 0; their standard error is sqrt(0.5 / 4 / 3), a mean reference 3.
        var ratio = PairedRatio.Of([2, 4, 3, 9], [1, 3, 2, 6]);

        Assert.Equal(1.5, ratio.Value, 12);
        Assert.Equal(Math.Sqrt(0.5 / 4 / 3) / 3, ratio.Error, 12);
    }

    [Fact]
    public void A_drift_of_the_machine_adds_no_error()
    {
        double[] speeds = [.. Enumerable.Range(0, 9).Select(round => Math.Pow(1.5, round))];

        var ratio = PairedRatio.Of([.. speeds.Select(speed => 1.25 * speed)], speeds);

        Assert.Equal(1.25, ratio.Value, 12);
        Assert.Equal(0, ratio.Error, 12);
        Assert.True(double.IsNaN(PairedRatio.Of([2], [1]).Error));
    }

    [Theory]
    [InlineData("slsam-windowed")]
    [InlineData("lora-nbar")]
    public async Task Each_step_is_timed_beside_those_that_it_is_compared_with(string name)
    {
        var progress = new Counter();

        var record = await StepTime.MeasureAsync(
            TinyExperiment.Find(name), TinyExperiment.Settings, TinyExperiment.Data(TinyExperiment.Settings).Checkpoint, torch.CPU, progress, default);

        Assert.Equal(StepTime.Rounds(TinyExperiment.Settings), progress.Count);
        Assert.True(record.ToAdamW is { Value: > 0, Error: > 0 } && record.AdamWSeconds > 0 && record.PreparationSeconds > 0);
        Assert.Equal(name == "lora-nbar", record.ToLora is { Value: > 0 });
    }

    [Fact]
    public void The_learning_rate_rises_and_then_falls_to_zero()
    {
        var settings = TinyExperiment.Settings with { Steps = 100 };
        double[] rates = [.. Enumerable.Range(0, 101).Select(settings.RateAt)];

        Assert.Equal([0.1, 1, 1, 0.5, 0], new[] { 0, 9, 10, 55, 100 }.Select(step => Math.Round(rates[step], 12)));
    }

    [SkippableFact]
    public async Task A_process_of_its_own_tells_the_peak_of_memory()
    {
        Skip.IfNot(PeakMemory.IsSupported, "This system does not tell the peak of a process's memory.");
        var method = TinyExperiment.Find("adamw");

        var record = await PeakMemory.MeasureAsync(
            method, TinyExperiment.Settings, ExperimentCommand.MemoryArguments(method, TinyExperiment.Settings, offline: true), default);

        // The small encoder has more than 150,000 parameters: weights, gradients and two moments of 4 bytes each at least.
        Assert.InRange(record.PeakBytes, 4 * 4 * 150_000, 1_000_000_000);
    }

    private sealed class Counter : IProgressReport
    {
        public long Count { get; private set; }

        public void Report(long done, string status) => Count = done;
    }
}
