using SlSam.Benchmarks.Model;
using SlSam.Benchmarks.Reporting;
using SlSam.Benchmarks.Statistics;
using SlSam.Benchmarks.Timing;
using SlSam.Benchmarks.Workers;

namespace SlSam.Benchmarks.Sections;

/// <summary>What the engine adds to SL-SAM's tensor work: our step against a loop written by hand in C++, on the same draws.</summary>
internal sealed class EngineSection : ISection
{
    public string Name => "engine";

    public SectionModels Models => SectionModels.First;

    public SectionReport Run(EncoderShape shape, BenchmarkSettings settings)
    {
        using var byHand = NativeWorker.Start(shape, out var reason);
        if (byHand is null)
            return new SectionReport($"Not measured: {reason}.", []);
        var windowed = new WindowedTimes(shape.Arms, Methods.Sparsity, settings.Rounds);
        using var ours = new OurStep(shape, Methods.Windowed());
        var seconds = Rounds.Run(
            windowed.Rounds,
            new(round => ours.Step(windowed[round].Uniform)),
            new(round => byHand.Step("slsam", windowed[round].Arms)));
        return new SectionReport(
            $"{shape}; {windowed.Rounds} rounds; {Machine.Description}; by hand on libtorch {byHand.Version}.",
            [
                new("SL-SAM's step by hand", Median.Of(seconds[1].Select(each => 1e3 * each)), Format: "0.0 ms"),
                new("our SL-SAM step / the same tensor work by hand in C++", Median.OfRatios(seconds[0], seconds[1]), 1.03, "0.000"),
            ]);
    }
}
