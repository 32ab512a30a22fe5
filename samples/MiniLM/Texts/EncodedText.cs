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
}
