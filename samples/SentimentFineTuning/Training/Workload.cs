using MiniLM.Encoder;
using MiniLM.Texts;
using MiniLM.Training;
using MiniLM.Workers;
using SentimentFineTuning.CommandLine;
using static TorchSharp.torch;

namespace SentimentFineTuning.Training;

/// <summary>What is trained, and on what.</summary>
/// <param name="CreateModel">Makes the model as it is before training, the same one at every call.</param>
/// <param name="Training">What it is trained on.</param>
/// <param name="HeldOut">What it is measured with.</param>
/// <param name="PaddingId">The token that fills short reviews up.</param>
/// <param name="Device">Where all of it is computed.</param>
internal sealed record Workload(
    Func<TextClassifier> CreateModel,
    IReadOnlyList<EncodedText> Training,
    IReadOnlyList<EncodedText> HeldOut,
    int PaddingId,
    Device Device)
{
    /// <summary>A workload of the given reviews, from a checkpoint on.</summary>
    internal static Workload Of(EncoderCheckpoint checkpoint, TextSplit split, DemoOptions options)
    {
        var target = Team.PlaceOf(options.Device);
        return new Workload(
            () => checkpoint.CreateModel(options.Training.Seed, target),
            EncodedText.Encode(split.Training, checkpoint.Tokenizer, options.SequenceLength),
            EncodedText.Encode(split.HeldOut, checkpoint.Tokenizer, options.SequenceLength),
            checkpoint.Tokenizer.Vocabulary.Padding,
            target);
    }

    /// <summary>As many reviews as the steps need, or as there are.</summary>
    internal static TextSplit Draw(IReadOnlyCollection<LabelledText> reviews, DemoOptions options)
    {
        int rarer = Math.Min(reviews.Count(review => review.IsPositive), reviews.Count(review => !review.IsPositive));
        long wanted = (long)options.Training.Steps * options.Training.BatchSize;
        long available = 2L * rarer - options.Examples;
        long training = Math.Min(wanted + wanted % 2, Math.Max(available, 0));
        return TextSplit.Draw(reviews, (int)training, options.Examples, options.Training.Seed);
    }

    /// <summary>The reviews of a training step; after the last review comes the first again.</summary>
    internal IReadOnlyList<EncodedText> TrainingReviews(int step, int size) => EncodedText.OfStep(Training, step, size);

    /// <summary>The held-out reviews, to measure a model with.</summary>
    internal HeldOut HeldOutFor(TextClassifier model) => MiniLM.Training.HeldOut.Of(model, HeldOut, PaddingId, Device);

    /// <summary>A batch of reviews.</summary>
    internal TextBatch BatchOf(IReadOnlyList<EncodedText> reviews) => TextBatch.Of(reviews, PaddingId, Device);
}
