using MiniLM.Tokenization;

namespace MiniLM.Texts;

/// <summary>A text as the model sees it.</summary>
/// <param name="TokenIds">Its tokens, without padding.</param>
/// <param name="IsPositive">Its label.</param>
public sealed record EncodedText(int[] TokenIds, bool IsPositive)
{
    /// <summary>Texts as tokens; a long one loses its middle (see <see cref="WordPieceTokenizer.EncodeEnds"/>).</summary>
    public static List<EncodedText> Encode(IEnumerable<LabelledText> texts, WordPieceTokenizer tokenizer, int maximumLength) =>
        texts.Select(text => new EncodedText(tokenizer.EncodeEnds(text.Text, maximumLength), text.IsPositive)).ToList();

    /// <summary>The texts of a training step, one after another; after the last comes the first again.</summary>
    /// <param name="texts">All texts to train on.</param>
    /// <param name="step">The step, counted from 0.</param>
    /// <param name="size">How many a step takes.</param>
    public static List<EncodedText> OfStep(IReadOnlyList<EncodedText> texts, int step, int size)
    {
        long first = (long)step * size;
        return Enumerable.Range(0, size).Select(index => texts[(int)((first + index) % texts.Count)]).ToList();
    }
}
