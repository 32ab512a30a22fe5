using System.Globalization;
using System.Text;

namespace MiniLM.Tokenization;

/// <summary>
/// Text into words, as uncased BERT models expect them: control characters dropped, letters in lower case without accents, and
/// every punctuation mark and every Chinese character a word of its own.
/// </summary>
public static class BasicTokenizer
{
    /// <summary>The words of a text, lazily: a reader that needs the first few never looks at the rest.</summary>
    public static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var character in text.EnumerateRunes())
        {
            if (IsDropped(character))
                continue;
            bool isSpace = IsSpace(character), standsAlone = IsChinese(character);
            if ((isSpace || standsAlone) && word.Length > 0)
                yield return Take(word);
            if (isSpace)
                continue;
            foreach (var letter in BaseLetters.Of(character).EnumerateRunes())
            {
                var lower = Rune.ToLowerInvariant(letter);
                if (!IsPunctuation(lower))
                {
                    word.Append(lower.ToString());
                    continue;
                }
                if (word.Length > 0)
                    yield return Take(word);
                yield return lower.ToString();
            }
            if (standsAlone && word.Length > 0)
                yield return Take(word);
        }
        if (word.Length > 0)
            yield return Take(word);
    }

    private static string Take(StringBuilder word)
    {
        string text = word.ToString();
        word.Clear();
        return text;
    }

    private static bool IsSpace(Rune character) => character.Value is ' ' or '\t' or '\n' or '\r'
        || Rune.GetUnicodeCategory(character) is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;

    /// <summary>Control, format, private and unassigned characters, and the mark of what could not be decoded.</summary>
    private static bool IsDropped(Rune character) => character.Value is not ('\t' or '\n' or '\r')
        && (character == Rune.ReplacementChar
            || Rune.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    /// <summary>Unicode's categories of punctuation, and the symbols of ASCII, which BERT counts among them.</summary>
    private static bool IsPunctuation(Rune character) => character.IsAscii
        ? char.IsPunctuation((char)character.Value) || char.IsSymbol((char)character.Value)
        : Rune.GetUnicodeCategory(character) is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation
            or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
            or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation;

    /// <summary>The blocks of unified and compatibility ideographs that BERT's vocabulary was built with.</summary>
    private static bool IsChinese(Rune character) => character.Value
        is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
        or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
