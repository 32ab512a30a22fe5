using SentimentFineTuning.CommandLine;
using SentimentFineTuning.Encoder;
using SentimentFineTuning.Reviews;
using SentimentFineTuning.Tokenization;
using TorchSharp;
using static TorchSharp.torch;

namespace SentimentFineTuning.Training;

/// <summary>A small encoder with random weights and reviews from <see cref="SyntheticReviews"/>: needs nothing from outside.</summary>
internal static class OfflineWorkload
{
    /// <summary>BERT's own initialization: embeddings as wide as TorchSharp draws them would take many more steps to move.</summary>
    private const double InitialDeviation = 0.02;

    internal static Workload Prepare(DemoOptions options)
    {
        long wanted = (long)options.Training.Steps * options.Training.BatchSize;
        int count = (int)Math.Min(wanted + wanted % 2, 20_000) + options.Examples;
        var reviews = SyntheticReviews.Create(count, options.Training.Seed);
        var split = PretrainedWorkload.Draw(reviews, options);
        var tokenizer = new WordPieceTokenizer(VocabularyOf(reviews));
        var target = device(options.Device);
        var configuration = new EncoderConfiguration
        {
            VocabularySize = tokenizer.Vocabulary.Count,
            HiddenSize = 64,
            Blocks = 4,
            Heads = 4,
            IntermediateSize = 128,
            MaximumPositions = 512,
        };

        SentimentClassifier CreateModel()
        {
            manual_seed(options.Training.Seed);
            var model = new SentimentClassifier(configuration);
            foreach (var (_, weight) in model.named_parameters().Where(named => named.parameter.dim() > 1))
                nn.init.normal_(weight, std: InitialDeviation);
            return model.to(target);
        }

        return new Workload(
            CreateModel,
            EncodedReview.Encode(split.Training, tokenizer, options.SequenceLength),
            EncodedReview.Encode(split.HeldOut, tokenizer, options.SequenceLength),
            tokenizer.Vocabulary.Padding,
            target);
    }

    /// <summary>Every word that the reviews use, behind the special tokens.</summary>
    private static Vocabulary VocabularyOf(IEnumerable<Review> reviews) => Vocabulary.Of(
        new[] { "[PAD]", "[UNK]", "[CLS]", "[SEP]" }
            .Concat(reviews.SelectMany(review => BasicTokenizer.Words(review.Text)).Distinct().Order(StringComparer.Ordinal)));
}
