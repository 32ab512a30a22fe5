using SlSam.Benchmarks.Model;
using SlSam.Benchmarks.Reporting;
using SlSam.Benchmarks.Statistics;
using SlSam.Benchmarks.Timing;

namespace SlSam.Benchmarks.Sections;

/// <summary>What balancing the factors adds to a step of LoRA.</summary>
internal sealed class LoraSection : ISection
{
    /// <summary>How many times as many rounds as elsewhere: the bar is within a hundredth.</summary>
    private const int Finer = 2;

    public string Name => "lora";

    public SectionModels Models => SectionModels.All;

    public SectionReport Run(EncoderShape shape, BenchmarkSettings settings)
    {
        using var plain = new OurStep(shape, new PlainOptions(), Methods.Lora);
        using var nbar = new OurStep(shape, Methods.Balanced(BarRule.Nbar), Methods.Lora);
        using var obar = new OurStep(shape, Methods.Balanced(BarRule.Obar), Methods.Lora);
        var rounds = Finer * settings.Rounds;
        var seconds = Rounds.Run(rounds, new(_ => plain.Step()), new(_ => nbar.Step()), new(_ => obar.Step()));
        return new SectionReport(
            $"{shape}; rank {Methods.Lora.Rank} on the attention's queries and values; {rounds} rounds; {Machine.Description}.",
            [
                new("LoRA with AdamW", Median.Of(seconds[0].Select(each => 1e3 * each)), Format: "0.0 ms"),
                new("LoRA-nBAR / LoRA", Median.OfRatios(seconds[1], seconds[0]), 1.01, "0.000"),
                new("LoRA-oBAR / LoRA", Median.OfRatios(seconds[2], seconds[0]), 1.01, "0.000"),
            ]);
    }
}
