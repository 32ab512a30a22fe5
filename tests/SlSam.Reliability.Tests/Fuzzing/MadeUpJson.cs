using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SlSam.Reliability.Tests.Fuzzing;

/// <summary>JSON made up at random from the words of a format: well formed, and hardly ever right.</summary>
internal sealed partial class MadeUpJson(Random random, IReadOnlyList<string> words)
{
    /// <summary>The texts in a piece of JSON.</summary>
    public static string[] WordsOf(string json) => [.. Text().Matches(json).Select(match => match.Groups[1].Value).Distinct()];

    public string Object(int depth = 0)
    {
        var text = new StringBuilder("{");
        for (var count = random.Next(9); count > 0; count--)
        {
            text.Append(text.Length > 1 ? "," : "").Append('"').Append(Word()).Append("\":").Append(Value(depth + 1));
        }

        return text.Append('}').ToString();
    }

    private string Value(int depth) => random.Next(depth > 3 ? 6 : 9) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => random.Next(-2, 70).ToString(CultureInfo.InvariantCulture),
        3 => random.Next(3) == 0 ? random.NextInt64().ToString(CultureInfo.InvariantCulture) : random.NextDouble().ToString(CultureInfo.InvariantCulture),
        4 or 5 => $"\"{Word()}\"",
        6 => $"[{string.Join(',', Enumerable.Range(0, random.Next(6)).Select(_ => Value(depth + 1)))}]",
        _ => Object(depth),
    };

    private string Word() => random.Next(12) == 0 ? new string('x', random.Next(300)) : words[random.Next(words.Count)];

    [GeneratedRegex("\"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex Text();
}
