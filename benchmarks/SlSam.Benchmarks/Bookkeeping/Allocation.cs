using SlSam.Benchmarks.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Benchmarks.Bookkeeping;

/// <summary>The managed bytes that a step allocates beside what the model's own forward pass and loss do.</summary>
internal static class Allocation
{
    private const int Steps = 20;

    /// <summary>Bytes a step in the steady state, the mean of several.</summary>
    public static double OfStep(EncoderShape shape, SharpnessOptions options)
    {
        using var model = new Encoder(shape);
        using var optimizer = new EncoderSlSam(model, options, UpdateRule.AdamW());
        using var batch = new TokenBatch(shape);
        var byModel = 0L;
        Func<Tensor> loss = () =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var value = TokenBatch.Loss(model.call(batch.Ids), batch.Labels);
            byModel += GC.GetAllocatedBytesForCurrentThread() - before;
            return value;
        };
        for (var step = 0; step < Steps; step++)
            optimizer.Step(loss);
        byModel = 0;
        var start = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < Steps; step++)
            optimizer.Step(loss);
        return (GC.GetAllocatedBytesForCurrentThread() - start - byModel) / (double)Steps;
    }
}
