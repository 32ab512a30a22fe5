namespace MiniLM.Tokenization;

/// <summary>
/// Text into token ids: each word is cut, from its beginning, into the longest pieces that the vocabulary has.
/// Special tokens spelled out in a text are text like any other.
/// </summary>
public sealed class WordPieceTokenizer(Vocabulary vocabulary)
{
    /// <summary>Longer words, in characters, are unknown.</summary>
    public const int LongestWord = 100;

    public Vocabulary Vocabulary { get; } = vocabulary;

    /// <summary>[CLS], the text's tokens, [SEP]; a longer text loses its end.</summary>
    /// <param name="text">Any text, also an empty one.</param>
    /// <param name="maximumLength">The most tokens to return, the two special ones included.</param>
    public int[] Encode(string text, int maximumLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumLength, 2);
        var ids = new List<int> { Vocabulary.Start };
        foreach (string word in BasicTokenizer.Words(text))
        {
            if (ids.Count >= maximumLength - 1)
                break;
            AppendPieces(word, ids);
        }
        if (ids.Count > maximumLength - 1)
            ids.RemoveRange(maximumLength - 1, ids.Count - (maximumLength - 1));
        ids.Add(Vocabulary.End);
        return [.. ids];
    }

    /// <summary>
    /// As <see cref="Encode"/>, but a longer text loses its middle: a quarter of its tokens are the first ones, the rest the last ones.
    /// Who judges something does so at the beginning and above all at the end (Sun et al., How to Fine-Tune BERT, 2019, section 5.3).
    /// </summary>
    public int[] EncodeEnds(string text, int maximumLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumLength, 2);
        int[] ids = Encode(text, int.MaxValue);
        if (ids.Length <= maximumLength)
            return ids;
        int first = Math.Max(maximumLength / 4, 1);
        return [.. ids[..first], .. ids[^(maximumLength - first)..]];
    }

    private void AppendPieces(string word, List<int> ids)
    {
        int before = ids.Count;
        bool known = word.EnumerateRunes().Count() <= LongestWord;
        for (int start = 0; known && start < word.Length;)
        {
            int end = LongestPiece(word, start, out int id);
            known = end > start;
            if (known)
                ids.Add(id);
            start = end;
        }
        if (!known)
        {
            ids.RemoveRange(before, ids.Count - before);
            ids.Add(Vocabulary.Unknown);
        }
    }

    /// <summary>Where the longest piece from <paramref name="start"/> on ends; there, if no piece begins with that character.</summary>
    private int LongestPiece(string word, int start, out int id)
    {
        for (int end = word.Length; end > start; end--)
        {
            string piece = start == 0 ? word[..end] : string.Concat(Vocabulary.ContinuationPrefix, word.AsSpan(start, end - start));
            if (Vocabulary.TryGetId(piece, out id))
                return end;
        }
        id = -1;
        return start;
    }
}
