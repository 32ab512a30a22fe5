using SentimentFineTuning.Encoder;
using SentimentFineTuning.Reviews;
using static TorchSharp.torch;

namespace SentimentFineTuning.Training;

/// <summary>What is trained, and on what.</summary>
/// <param name="CreateModel">Makes the model as it is before training, the same one at every call.</param>
/// <param name="Training">What it is trained on.</param>
/// <param name="HeldOut">What it is measured with.</param>
/// <param name="PaddingId">The token that fills short reviews up.</param>
/// <param name="Device">Where all of it is computed.</param>
internal sealed record Workload(
    Func<SentimentClassifier> CreateModel,
    IReadOnlyList<EncodedReview> Training,
    IReadOnlyList<EncodedReview> HeldOut,
    int PaddingId,
    Device Device)
{
    /// <summary>The batch of a training step; after the last review comes the first again.</summary>
    internal ReviewBatch TrainingBatch(int step, int size)
    {
        long first = (long)step * size;
        var reviews = Enumerable.Range(0, size).Select(index => Training[(int)((first + index) % Training.Count)]).ToList();
        return ReviewBatch.Of(reviews, PaddingId, Device);
    }
}
