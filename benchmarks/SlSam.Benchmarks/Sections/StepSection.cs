using SlSam.Benchmarks.Drawing;
using SlSam.Benchmarks.Model;
using SlSam.Benchmarks.Reporting;
using SlSam.Benchmarks.Statistics;
using SlSam.Benchmarks.Timing;
using SlSam.Benchmarks.Workers;

namespace SlSam.Benchmarks.Sections;

/// <summary>What a step of each method costs here, against our AdamW and against PyTorch.</summary>
internal sealed class StepSection : ISection
{
    /// <summary>Methods that do the same in every step are timed in every second round.</summary>
    private const int Steady = 2;

    public string Name => "steps";

    public SectionModels Models => SectionModels.All;

    public SectionReport Run(EncoderShape shape, BenchmarkSettings settings)
    {
        var windowed = new WindowedTimes(shape.Arms, Methods.Sparsity, settings.Rounds);
        using var adamW = new OurStep(shape, new PlainOptions());
        using var sam = new OurStep(shape, new SamOptions());
        using var slSam = new OurStep(shape, Methods.Windowed());
        using var slSamHalf = new OurStep(shape, Methods.Windowed() with { AscentFraction = 0.5 });
        using var layerWise = new OurStep(shape, Methods.LayerWise(shape));
        using var layerWiseHalf = new OurStep(shape, Methods.LayerWise(shape) with { AscentFraction = 0.5 });
        using var pytorch = PyTorchWorker.Start(settings.Python, shape, out var reason);
        var random = new Random(0);
        var tensors = IndependentDraws.Draw(shape.Tensors, Methods.Sparsity, windowed.Rounds + Contestant.WarmUp, random);
        var layers = IndependentDraws.Draw(shape.Arms, Methods.Sparsity, windowed.Rounds + Contestant.WarmUp, random);

        var costs = new double[windowed.Rounds];
        var halfCosts = new double[windowed.Rounds];
        Contestant[] ours =
        [
            new(_ => adamW.Step()),
            new(round => Step(slSam, round, costs)),
            new(round => Step(slSamHalf, round, halfCosts)),
            new(_ => sam.Step(), Steady),
            new(_ => layerWise.Step(), Steady),
            new(_ => layerWiseHalf.Step(), Steady),
        ];
        Contestant[] theirs = pytorch is null
            ? []
            :
            [
                new(_ => pytorch.Step("adamw"), Steady),
                new(_ => pytorch.Step("sam"), Steady),
                new(round => pytorch.Step("slsam", tensors[round + Contestant.WarmUp]), Steady),
                new(round => pytorch.Step("slsam-layers", layers[round + Contestant.WarmUp]), Steady),
            ];
        var seconds = Rounds.Run(windowed.Rounds, [.. ours, .. theirs]);

        var measures = new List<Measure>
        {
            new("our AdamW step", Median.Of(seconds[0].Select(each => 1e3 * each)), Format: "0.0 ms"),
            new("SAM / our AdamW", Median.OfRatios(seconds[3], seconds[0])),
            new("SL-SAM, s = 0.2, windowed, prefix kept / our AdamW", windowed.ExpectedRatio(seconds[1], seconds[0]), 1.15),
            new("what its layers' costs say of it", Estimated(costs)),
            new("the same, ascent on half of the batch / our AdamW", windowed.ExpectedRatio(seconds[2], seconds[0]), 0.95),
            new("what its layers' costs say of that", Estimated(halfCosts)),
            new($"Layer-wise SAM, last {Methods.LayerWiseBlocks(shape)} of {shape.Blocks} blocks / our AdamW", Median.OfRatios(seconds[4], seconds[0]), 1.45),
            new("the same, ascent on half of the batch / our AdamW", Median.OfRatios(seconds[5], seconds[0]), 1.15),
        };
        if (pytorch is not null)
        {
            var expected = windowed.ExpectedRatio(seconds[1], seconds[0]);
            measures.Add(new("our AdamW / PyTorch's", Median.OfRatios(seconds[0], seconds[6]), 1.00));
            measures.Add(new("our SAM / SAM in PyTorch", Median.OfRatios(seconds[3], seconds[7]), 1.00));
            measures.Add(new("our SL-SAM, windowed / the released SL-SAM in PyTorch", expected.Over(InAdamW(seconds[8], seconds[0])), 0.75));
            measures.Add(new("the same, with our layers as arms there too", expected.Over(InAdamW(seconds[9], seconds[0]))));
        }

        var beside = pytorch is null ? $"No PyTorch beside: {reason}." : $"PyTorch {pytorch.Version} beside, in the same rounds.";
        return new SectionReport($"{shape}; {windowed.Rounds} rounds; {Machine.Description}. {beside}", measures);

        double Step(OurStep contestant, int round, double[] estimates)
        {
            var taken = contestant.Step(windowed[round].Uniform);
            if (round >= 0)
            {
                estimates[round] = contestant.EstimatedCost;
            }

            return taken;
        }

        Estimate Estimated(double[] estimates) =>
            Estimate.Exact(windowed.ExpectedRatio(estimates, [.. Enumerable.Repeat(1.0, windowed.Rounds)]).Middle);
    }

    private static Estimate InAdamW(double[] seconds, double[] adamW) => WeightedMean.OfRandomDraws(seconds.Zip(adamW, (mine, other) => mine / other));
}
