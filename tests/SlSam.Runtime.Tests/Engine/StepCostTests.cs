using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Engine;

/// <summary>The estimate of a step's cost against a count, layer by layer, of what its passes do.</summary>
public sealed class StepCostTests
{
    private const int Blocks = 5;
    private const int Width = 6;
    private const int Classes = 3;

    public static TheoryData<SharpnessOptions, bool> Methods
    {
        get
        {
            var methods = new TheoryData<SharpnessOptions, bool>();
            foreach (var staged in new[] { true, false })
            {
                methods.Add(new SlSamOptions { Sparsity = 0.3, Seed = 5 }, staged);
                methods.Add(new SlSamOptions { Sparsity = 0.3, Sampling = LayerSampling.Independent, AscentFraction = 0.5 }, staged);
                methods.Add(new LayerWiseSamOptions { Count = 2, Interval = 4 }, staged);
                methods.Add(new RandomStepOptions { Probability = 0.5 }, staged);
                methods.Add(new SlSamOptions { Sparsity = 0.3, SinglePass = true }, staged);
            }

            return methods;
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void It_is_the_sum_of_what_each_layer_takes_part_in(SharpnessOptions options, bool staged)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = new StagedClassifier(Blocks, Width, Classes);
        using var optimizer = new StagedClassifierSlSam(model, options, UpdateRule.Sgd(0.01));
        double[] costs = [Width * Width, .. Enumerable.Repeat((double)(Width * Width), Blocks), Width * Classes];
        for (var step = 0; step < 12; step++)
        {
            using var stepScope = NewDisposeScope();
            var batch = Batch.Random(4, Width, Classes);
            var report = staged
                ? optimizer.Step(batch.Input, batch.Target, (logits, target) => nn.functional.cross_entropy(logits, target))
                : optimizer.Step(slice => nn.functional.cross_entropy(model.call(slice.Of(batch.Input)), slice.Of(batch.Target)));

            Assert.Equal(Count(optimizer, report, costs, staged, options, step), report.Cost, 1e-12);
        }
    }

    [Fact]
    public void A_step_that_trains_everything_costs_one_and_that_of_sam_two()
    {
        using var scope = NewDisposeScope();
        using var model = new StagedClassifier(Blocks, Width, Classes);
        var batch = Batch.Random(4, Width, Classes);
        foreach (var (options, cost) in new (SharpnessOptions, double)[] { (new PlainOptions(), 1), (new SamOptions(), 2), (new SamOptions { AscentFraction = 0.25 }, 1.25) })
        {
            using var optimizer = new StagedClassifierSlSam(model, options, UpdateRule.Sgd(0.01));
            Assert.Equal(cost, optimizer.Step(batch.Input, batch.Target, (logits, target) => nn.functional.cross_entropy(logits, target)).Cost, 1e-12);
        }
    }

    [Fact]
    public void A_layer_costs_the_numbers_of_its_matrices_without_tables_or_what_is_said()
    {
        using var scope = NewDisposeScope();
        using var table = nn.Embedding(10, 4);
        using var linear = nn.Linear(4, 7);
        using var both = nn.Sequential(("table", table), ("linear", linear), ("norm", nn.LayerNorm(7)));

        Assert.Equal(0, new SamLayer("table", SamLayerKind.Embedding, -1, table).Cost);
        Assert.Equal(28, new SamLayer("both", SamLayerKind.Sequential, -1, both).Cost);
        Assert.Equal(28, new SamLayer("weight", SamLayerKind.Parameter, -1, linear.weight!).Cost);
        Assert.Equal(0.5, new SamLayer("said", SamLayerKind.Linear, -1, linear) { Cost = 0.5 }.Cost);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamLayer("wrong", SamLayerKind.Linear, -1, linear) { Cost = -1 });
    }

    private static double Count(SharpnessAwareOptimizer optimizer, StepReport report, double[] costs, bool staged, SharpnessOptions options, int step)
    {
        var updated = optimizer.Arms.Select(arm => arm.IsActive).ToArray();
        var first = Array.IndexOf(updated, true);

        // A step in which Layer-wise SAM chooses looks at all arms first; otherwise the first pass sees what is perturbed.
        var explores = options is LayerWiseSamOptions layerWise && step % layerWise.Interval == 0;
        var measured = optimizer.Arms.Select((arm, index) => report.SharpnessAware && !explores ? arm.Role == ArmRole.Perturbed : updated[index]).ToArray();
        var firstMeasured = Array.IndexOf(measured, true);
        var total = 0.0;
        for (var layer = 0; layer < costs.Length; layer++)
        {
            var prefix = staged && layer < firstMeasured;
            if (report.SharpnessAware)
            {
                total += options.AscentFraction * costs[layer] * ((prefix ? 0 : 1) + (layer >= firstMeasured ? 1 : 0) + (measured[layer] ? 1 : 0));
            }

            total += costs[layer] * (1 + (layer >= first ? 1 : 0) + (updated[layer] ? 1 : 0));
        }

        return total / (3 * costs.Sum());
    }
}
