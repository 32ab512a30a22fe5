using System.Text.RegularExpressions;
using SlSam.Compiler.Tests.Harness;
using SlSam.Docs.Tests.Markdown;

namespace SlSam.Compiler.Tests.Guides;

/// <summary>A block that says <c>csharp from FILE</c> is that file, where a line <c>...</c> stands for what is left out, and so are comments.</summary>
public partial class ExcerptTests
{
    private const string From = "csharp from ";

    [Fact]
    public void Excerpts_are_what_the_file_says()
    {
        var excerpts = MarkdownPage.All(Repository.Root).SelectMany(page => page.Blocks).Where(block => block.Info.StartsWith(From, StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(excerpts);
        Assert.All(excerpts, excerpt =>
        {
            var file = Plain(File.ReadAllText(Path.Combine(Repository.Root, excerpt.Info[From.Length..])));
            var start = 0;
            foreach (var part in Omissions().Split(excerpt.Text).Select(Plain).Where(part => part.Length > 0))
            {
                var found = file.IndexOf(part, start, StringComparison.Ordinal);
                Assert.True(found >= 0, $"{excerpt.Info[From.Length..]} has not, in this place:\n{part}");
                start = found + part.Length;
            }
        });
    }

    /// <summary>Every block of C# is compiled as it stands, is an excerpt, or is emitted code.</summary>
    [Fact]
    public void No_block_is_of_another_kind() => Assert.DoesNotContain(
        MarkdownPage.All(Repository.Root).SelectMany(page => page.Blocks),
        block => block.Language == "csharp" && block.Info is not ("csharp" or "csharp emitted") && !block.Info.StartsWith(From, StringComparison.Ordinal));

    private static string Plain(string code) => Whitespace().Replace(Comments().Replace(code, ""), " ").Trim();

    [GeneratedRegex(@"^\s*\.\.\.\s*$", RegexOptions.Multiline)]
    private static partial Regex Omissions();

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
