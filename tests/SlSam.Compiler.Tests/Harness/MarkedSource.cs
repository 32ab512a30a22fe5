using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace SlSam.Compiler.Tests.Harness;

/// <summary>A source in which <c>{|SLSAM001:name|}</c> says that this rule is expected to fire on this text; marks can nest.</summary>
internal sealed partial record MarkedSource(string Text, IReadOnlyList<(string Id, TextSpan Span)> Expected)
{
    public static MarkedSource Parse(string marked)
    {
        var text = new StringBuilder();
        var open = new Stack<(string Id, int Start)>();
        var expected = new List<(string, TextSpan)>();
        var position = 0;
        foreach (Match mark in Marks().Matches(marked))
        {
            text.Append(marked, position, mark.Index - position);
            position = mark.Index + mark.Length;
            if (mark.Groups["id"].Success)
            {
                open.Push((mark.Groups["id"].Value, text.Length));
            }
            else
            {
                var (id, start) = open.Pop();
                expected.Add((id, TextSpan.FromBounds(start, text.Length)));
            }
        }

        text.Append(marked, position, marked.Length - position);
        if (open.Count > 0)
            throw new ArgumentException($"The mark {{|{open.Peek().Id}: is not closed by |}}.", nameof(marked));
        return new MarkedSource(text.ToString(), expected);
    }

    [GeneratedRegex(@"\{\|(?<id>[A-Z]+\d+):|\|\}")]
    private static partial Regex Marks();
}
