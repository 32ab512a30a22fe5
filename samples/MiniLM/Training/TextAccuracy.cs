using MiniLM.Terminal;
using MiniLM.Texts;
using TorchSharp;
using static TorchSharp.torch;

namespace MiniLM.Training;

/// <summary>Measures how often a model is right about texts that it was not trained on.</summary>
public static class TextAccuracy
{
    private const int BatchSize = 32;

    /// <summary>The share of texts that the model labels rightly.</summary>
    /// <param name="model">The model, in evaluation mode while it is asked.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="paddingId">The token that fills short texts up.</param>
    /// <param name="device">Where the model is.</param>
    /// <param name="progress">Told after each batch; may be null.</param>
    /// <param name="cancellation">Ends it before the next batch.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static double Of(
        nn.Module<Tensor, Tensor, Tensor> model, IReadOnlyList<EncodedText> texts, int paddingId, Device device,
        IProgressReport? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var noGrad = no_grad();
        model.eval();
        long right = 0;
        int done = 0;
        foreach (var some in texts.Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var batch = TextBatch.Of(some, paddingId, device);
            right += model.call(batch.TokenIds, batch.Mask).argmax(1).eq(batch.Labels).sum().ToInt64();
            done += some.Length;
            progress?.Report(done, $"{(double)right / done:P1} right");
        }
        model.train();
        return (double)right / texts.Count;
    }
}
