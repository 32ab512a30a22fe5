using MiniLM.Encoder;
using MiniLM.Terminal;
using MiniLM.Texts;
using TorchSharp;
using static TorchSharp.torch;

namespace SentimentFineTuning.Training;

/// <summary>Measures how often a model is right about reviews that it was not trained on.</summary>
internal static class Evaluation
{
    private const int BatchSize = 32;

    /// <summary>The share of held-out reviews that the model labels rightly.</summary>
    internal static double Accuracy(TextClassifier model, Workload workload, IProgressReport progress, CancellationToken cancellation)
    {
        using var noGrad = no_grad();
        model.eval();
        long right = 0;
        int done = 0;
        foreach (var reviews in workload.HeldOut.Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var batch = TextBatch.Of(reviews, workload.PaddingId, workload.Device);
            right += model.call(batch.TokenIds, batch.Mask).argmax(1).eq(batch.Labels).sum().ToInt64();
            done += reviews.Length;
            progress.Report(done, $"{(double)right / done:P1} right");
        }
        model.train();
        return (double)right / workload.HeldOut.Count;
    }
}
