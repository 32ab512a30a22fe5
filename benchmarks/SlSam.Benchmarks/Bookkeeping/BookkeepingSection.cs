using SlSam.Benchmarks.Model;
using SlSam.Benchmarks.Reporting;
using SlSam.Benchmarks.Sections;
using SlSam.Benchmarks.Statistics;
using SlSam.Benchmarks.Timing;

namespace SlSam.Benchmarks.Bookkeeping;

/// <summary>What a step does on the host: choosing layers, learning, keeping the books; what it allocates; what a loop over the tensors would cost.</summary>
internal sealed class BookkeepingSection : ISection
{
    private const int Few = 1_000, Some = 10_000, Many = 100_000;

    /// <summary>A small encoder of many layers, so that calls count rather than arithmetic.</summary>
    private static readonly EncoderShape s_deep = new("deep", Vocabulary: 100, Width: 32, Heads: 4, Blocks: 48, Batch: 2, Length: 8);

    private static readonly EncoderShape s_shallow = s_deep with { Name = "shallow", Blocks = 12 };

    public string Name => "bookkeeping";

    public SectionModels Models => SectionModels.Own;

    public SectionReport Run(EncoderShape shape, BenchmarkSettings settings)
    {
        var rounds = settings.Rounds;
        Estimate few = ArmCost.Step(s_deep, Few, 10 * rounds), some = ArmCost.Step(s_deep, Some, 5 * rounds), many = ArmCost.Step(s_deep, Many, rounds);
        var bare = ArmCost.Step(s_deep, 20, 10 * rounds);
        var measures = new List<Measure>
        {
            Milliseconds("selection and bandit alone, 10,000 arms", ArmCost.Selection(s_deep, Some, 5 * rounds)),
            Milliseconds("selection, bandit and bookkeeping, 10,000 arms (1 % of 100 ms)", Beyond(some, bare.Middle), 1),
            Milliseconds("the same, 1,000 arms", Beyond(few, bare.Middle)),
            Milliseconds("the same, 100,000 arms", Beyond(many, bare.Middle)),
            new("growth from 10,000 to 100,000 arms (10: linear)", Beyond(many, bare.Middle).Over(Beyond(some, bare.Middle)), 12, "0.0"),
        };
        AddAllocation(measures, "AdamW", new PlainOptions());
        AddAllocation(measures, "SAM", new SamOptions());
        AddAllocation(measures, "SL-SAM", Methods.Windowed());
        var loop = PlainLoop.Compare(s_deep, 2 * rounds);
        measures.Add(Milliseconds($"our AdamW on {s_deep.Tensors} tensors: a step without its passes", loop.Ours));
        measures.Add(Milliseconds("TorchSharp's AdamW, a loop over the tensors: an update", loop.Theirs));
        measures.Add(Kibibytes("managed memory allocated by the latter", loop.TheirBytes));
        return new SectionReport($"Encoders of width {s_deep.Width}, {s_shallow.Blocks} and {s_deep.Blocks} blocks; {Machine.Description}.", measures);
    }

    private static void AddAllocation(List<Measure> measures, string method, SharpnessOptions options)
    {
        double shallow = Allocation.OfStep(s_shallow, options), deep = Allocation.OfStep(s_deep, options);
        measures.Add(Kibibytes($"managed memory allocated by a step of {method}, {s_deep.Tensors} tensors", deep, 16));
        measures.Add(new("growth of that for each tensor more", Estimate.Exact((deep - shallow) / (s_deep.Tensors - s_shallow.Tensors)), 1, "0.0 B"));
    }

    /// <summary>What is left of a time without that of a model with next to no arms.</summary>
    private static Estimate Beyond(Estimate time, double bare) => new(time.Middle - bare, time.Low - bare, time.High - bare);

    private static Measure Milliseconds(string what, Estimate seconds, double? bar = null) =>
        new(what, new Estimate(1e3 * seconds.Middle, 1e3 * seconds.Low, 1e3 * seconds.High), bar, "0.000 ms");

    private static Measure Kibibytes(string what, double bytes, double? bar = null) => new(what, Estimate.Exact(bytes / 1024), bar, "0.0 KiB");
}
