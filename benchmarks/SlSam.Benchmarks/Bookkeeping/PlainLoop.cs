using SlSam.Benchmarks.Model;
using SlSam.Benchmarks.Statistics;
using SlSam.Benchmarks.Timing;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Benchmarks.Bookkeeping;

/// <summary>TorchSharp's own AdamW, a loop over the tensors in C#, beside ours, one call for all of them.</summary>
/// <param name="Ours">The seconds of a step of ours beyond those of a forward and a backward pass.</param>
/// <param name="Theirs">The seconds of an update by TorchSharp's.</param>
/// <param name="TheirBytes">The managed bytes that such an update allocates.</param>
internal sealed record PlainLoop(Estimate Ours, Estimate Theirs, double TheirBytes)
{
    /// <summary>Measures both on models of the same shape, in turn.</summary>
    public static PlainLoop Compare(EncoderShape shape, int rounds)
    {
        using var batch = new TokenBatch(shape);
        using var model = new Encoder(shape);
        using var theirModel = new Encoder(shape);
        using var ours = new EncoderSlSam(model, new PlainOptions(), UpdateRule.AdamW() with { DecayedTensors = DecayedTensors.All });
        using var theirs = optim.AdamW(theirModel.parameters());
        var bytes = 0L;
        var seconds = Rounds.Run(
            rounds,
            new(_ => Clock.Seconds(shape, () => ours.Step(() => Loss(model)))),
            new(_ => Passes()),
            new(round =>
            {
                Passes();
                var before = GC.GetAllocatedBytesForCurrentThread();
                var elapsed = Clock.Seconds(shape, () => theirs.step());
                bytes += round < 0 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
                return elapsed;
            }));
        return new PlainLoop(
            Median.Of(seconds[0].Zip(seconds[1], (step, passes) => step - passes)), Median.Of(seconds[2]), bytes / (double)rounds);

        Tensor Loss(Encoder each) => TokenBatch.Loss(each.call(batch.Ids), batch.Labels);

        double Passes()
        {
            theirModel.zero_grad();
            return Clock.Seconds(shape, () =>
            {
                using var scope = NewDisposeScope();
                Loss(theirModel).backward();
            });
        }
    }
}
