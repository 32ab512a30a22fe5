using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Engine;

public sealed class MemoryTests
{
    [Fact]
    public void Two_thousand_steps_keep_memory_flat() => AssertFlat(new SlSamOptions { Sparsity = 0.4 }, steps: 2000, masked: false);

    [Fact]
    public void Ten_thousand_steps_of_everything_together_keep_memory_flat() => AssertFlat(
        new SlSamOptions
        {
            Sparsity = 0.4,
            Adaptive = new(),
            ElementMask = new() { Density = 0.3, Interval = 5 },
            PerturbedWeight = 0.7,
            Norm = PerturbationNorm.All,
            AscentFraction = 0.5,
            AscentInterval = 2,
        },
        steps: 10_000,
        masked: true);

    private static void AssertFlat(SharpnessOptions options, int steps, bool masked)
    {
        manual_seed(1);
        using var model = new StagedClassifier(blocks: 4, width: 64, classes: 3, dropout: 0.1, normalize: true);
        using var optimizer = new StagedClassifierSlSam(model, options, UpdateRule.AdamW(1e-3));
        if (masked)
        {
            using var indices = arange(0, 4096, 7, dtype: ScalarType.Int64);
            optimizer.SetMask(optimizer.Trained.First(trained => trained.Count == 4096), indices);
        }

        // By then every layer has been active, so its optimizer state exists.
        Train(model, optimizer, steps: 200);
        var liveBefore = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var residentBefore = Resident();
        Train(model, optimizer, steps);
        var residentGrowth = Resident() - residentBefore;

        Assert.Equal(liveBefore, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.InRange(residentGrowth, long.MinValue, 24L << 20); // a leak of one activation a step would be 32 MB, of one set of weights 140 MB
    }

    private static void Train(StagedClassifier model, StagedClassifierSlSam optimizer, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            var batch = Batch.Random(64, 64, 3);
            optimizer.Step(batch.Input, batch.Target, (logits, target) => nn.functional.cross_entropy(logits, target));
        }
    }

    private static long Resident()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
