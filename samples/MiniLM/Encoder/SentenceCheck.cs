using MiniLM.Texts;
using MiniLM.Tokenization;
using static TorchSharp.torch;

namespace MiniLM.Encoder;

/// <summary>
/// Compares the loaded encoder with what it is known to say: how near the meaning of one sentence is to three others.
/// A tokenizer, a weight or an operator gone wrong shows here, before anything is trained.
/// </summary>
public static class SentenceCheck
{
    public const double Tolerance = 1e-3;

    private const string Sentence = "That is a happy person";

    private static readonly (string Other, double Cosine)[] Known =
    [
        ("That is a happy dog", 0.6946),
        ("That is a very happy person", 0.9429),
        ("Today is a sunny day", 0.2568),
    ];

    /// <summary>The cosine of the sentence's vector with that of each other one, and what it should be.</summary>
    public static IReadOnlyList<SentenceSimilarity> Measure(TextClassifier model, WordPieceTokenizer tokenizer, Device device)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var sentences = Known.Select(known => new LabelledText(known.Other, true)).Prepend(new LabelledText(Sentence, true));
        using var batch = TextBatch.Of(EncodedText.Encode(sentences, tokenizer, 32), tokenizer.Vocabulary.Padding, device);
        var vectors = model.EmbedSentences(batch.TokenIds, batch.Mask);
        var unit = vectors / (vectors * vectors).sum(1, keepdim: true).sqrt();
        var cosines = unit.matmul(unit.narrow(0, 0, 1).transpose(0, 1)).cpu().view(-1).data<float>().ToArray();
        return Known.Select((known, index) => new SentenceSimilarity(Sentence, known.Other, cosines[index + 1], known.Cosine)).ToList();
    }
}

/// <summary>How near two sentences are, by cosine, and how near they should be.</summary>
public sealed record SentenceSimilarity(string First, string Second, double Cosine, double Expected)
{
    public bool IsRight => Math.Abs(Cosine - Expected) <= SentenceCheck.Tolerance;
}
