using System.Text;

namespace MiniLM.Tokenization;

/// <summary>
/// Letters without their accents: Unicode's canonical decomposition with the non-spacing marks left out.
/// </summary>
/// <remarks>
/// .NET decomposes with the ICU library, and leaves text as it is where that is not installed or switched off. A vocabulary that was
/// learned on stripped text must not depend on it, so the decompositions stand in a table (from the Unicode Character Database, 14.0):
/// a line holds the base, a space, and all characters that come down to it. Those of Hangul are computed.
/// </remarks>
public static class BaseLetters
{
    private const int HangulStart = 0xAC00, HangulCount = 11172;
    private const int LeadStart = 0x1100, VowelStart = 0x1161, TailStart = 0x11A7;
    private const int VowelCount = 21, TailCount = 28;

    private static readonly Dictionary<Rune, string> Table = ReadTable();

    /// <summary>The character's base: itself for most, empty for a mark that only modifies the letter before it.</summary>
    public static string Of(Rune character)
    {
        if (character.IsAscii)
            return character.ToString();
        if (Rune.GetUnicodeCategory(character) == System.Globalization.UnicodeCategory.NonSpacingMark)
            return "";
        int syllable = character.Value - HangulStart;
        if (syllable is >= 0 and < HangulCount)
            return Hangul(syllable);
        return Table.TryGetValue(character, out string? letters) ? letters : character.ToString();
    }

    private static string Hangul(int syllable)
    {
        int tail = syllable % TailCount;
        char lead = (char)(LeadStart + syllable / TailCount / VowelCount);
        char vowel = (char)(VowelStart + syllable / TailCount % VowelCount);
        return tail == 0 ? $"{lead}{vowel}" : $"{lead}{vowel}{(char)(TailStart + tail)}";
    }

    private static Dictionary<Rune, string> ReadTable()
    {
        var table = new Dictionary<Rune, string>();
        using var stream = typeof(BaseLetters).Assembly.GetManifestResourceStream("BaseLetters.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            foreach (var character in line.AsSpan(space + 1).EnumerateRunes())
                table.Add(character, line[..space]);
        }
        return table;
    }
}
