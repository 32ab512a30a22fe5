using SlSam.Experiments.CommandLine;
using SlSam.Experiments.Memory;
using SlSam.Experiments.Running;

namespace SlSam.Experiments.Tests;

public sealed class TimingTests
{
    [Fact]
    public void A_drift_of_the_machine_and_a_hiccup_leave_the_ratio_as_it_is()
    {
        var times = new BlockTimes();
        for (int block = 0; block < 9; block++)
        {
            double speed = Math.Pow(1.5, block);
            foreach (double step in new[] { 1.0, 2.0, 1.5, block == 4 ? 500 : 1.5 })
                times.Add(step * speed);
            times.AddReference(speed);
        }

        Assert.Equal(1.5, times.Ratio, 12);
    }

    [Fact]
    public void Without_a_reference_there_is_no_ratio()
    {
        var times = new BlockTimes();
        times.Add(1);

        Assert.Equal((double.NaN, 1, double.NaN), (times.Ratio, times.StepSeconds, times.ReferenceSeconds));
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
}
