using MiniLM.Texts;
using SlSam.Experiments.Methods;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Experiments.Running;

/// <summary>How good a model is on texts that it was not trained on.</summary>
/// <param name="Accuracy">Right answers, as a share.</param>
/// <param name="Loss">The mean loss.</param>
internal sealed record Evaluation(double Accuracy, double Loss)
{
    private const int BatchSize = 32;

    /// <summary>Asks a model about texts.</summary>
    public static Evaluation Of(Trainee trainee, IReadOnlyList<EncodedText> texts, int paddingId, Device device, CancellationToken cancellation)
    {
        using var noGrad = no_grad();
        long right = 0;
        double loss = 0;
        // Texts of about the same length beside each other need little padding.
        foreach (var some in texts.OrderBy(text => text.TokenIds.Length).Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var batch = TextBatch.Of(some, paddingId, device);
            var logits = trainee.Classify(batch);
            right += logits.argmax(1).eq(batch.Labels).sum().ToInt64();
            loss += some.Length * nn.functional.cross_entropy(logits, batch.Labels).ToDouble();
        }
        return new Evaluation((double)right / texts.Count, loss / texts.Count);
    }
}
