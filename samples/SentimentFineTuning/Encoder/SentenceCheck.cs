using SentimentFineTuning.Reviews;
using SentimentFineTuning.Tokenization;
using static TorchSharp.torch;

namespace SentimentFineTuning.Encoder;

/// <summary>
/// Compares the loaded encoder with what it is known to say: how near the meaning of one sentence is to three others.
/// A tokenizer, a weight or an operator gone wrong shows here, before anything is trained.
/// </summary>
internal static class SentenceCheck
{
    internal const double Tolerance = 1e-3;

    private const string Sentence = "That is a happy person";

    private static readonly (string Other, double Cosine)[] Known =
    [
        ("That is a happy dog", 0.6946),
        ("That is a very happy person", 0.9429),
        ("Today is a sunny day", 0.2568),
    ];

    /// <summary>The cosine of the sentence's vector with that of each other one, and what it should be.</summary>
    internal static IReadOnlyList<SentenceSimilarity> Measure(SentimentClassifier model, WordPieceTokenizer tokenizer, Device device)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var sentences = Known.Select(known => new Review(known.Other, true)).Prepend(new Review(Sentence, true));
        using var batch = ReviewBatch.Of(EncodedReview.Encode(sentences, tokenizer, 32), tokenizer.Vocabulary.Padding, device);
        var vectors = model.EmbedSentences(batch.TokenIds, batch.Mask);
        var unit = vectors / (vectors * vectors).sum(1, keepdim: true).sqrt();
        var cosines = unit.matmul(unit.narrow(0, 0, 1).transpose(0, 1)).cpu().view(-1).data<float>().ToArray();
        return Known.Select((known, index) => new SentenceSimilarity(Sentence, known.Other, cosines[index + 1], known.Cosine)).ToList();
    }
}

/// <summary>How near two sentences are, by cosine, and how near they should be.</summary>
internal sealed record SentenceSimilarity(string First, string Second, double Cosine, double Expected)
{
    internal bool IsRight => Math.Abs(Cosine - Expected) <= SentenceCheck.Tolerance;
}
