using System.Text;
using System.Text.RegularExpressions;

namespace SlSam.Docs.Tests.Markdown;

/// <summary>A Markdown file of the repository, taken apart.</summary>
internal sealed partial class MarkdownPage
{
    private static readonly string[] s_notOurs = [".git", "bin", "obj", "artifacts", "node_modules", "TestResults"];

    private MarkdownPage(string root, string file)
    {
        File = file;
        Path = System.IO.Path.GetRelativePath(root, file).Replace('\\', '/');
        var blocks = new List<CodeBlock>();
        var prose = new StringBuilder();
        var code = new StringBuilder();
        (int Line, string Info)? open = null;
        foreach (var (line, number) in System.IO.File.ReadAllText(file).ReplaceLineEndings("\n").Split('\n').Select((line, index) => (line, index + 1)))
        {
            if (open is null && line.StartsWith("```", StringComparison.Ordinal))
            {
                open = (number, line[3..].Trim());
                prose.Append('\n');
            }
            else if (open is { } block && line.TrimEnd() == "```")
            {
                blocks.Add(new CodeBlock(Path, block.Line, block.Info, code.ToString()));
                code.Clear();
                open = null;
            }
            else
            {
                (open is null ? prose : code).Append(line).Append('\n');
            }
        }

        if (open is { } unclosed)
            throw new InvalidDataException($"{Path}({unclosed.Line}): this block is not closed.");
        Blocks = blocks;
        Prose = prose.ToString();
    }

    /// <summary>Where it lies.</summary>
    public string File { get; }

    /// <summary>Where it lies in the repository.</summary>
    public string Path { get; }

    public IReadOnlyList<CodeBlock> Blocks { get; }

    /// <summary>All but the blocks.</summary>
    public string Prose { get; }

    /// <summary>What stands between backticks.</summary>
    public IEnumerable<string> InlineCode => Ticks().Matches(Prose).Select(match => match.Groups["code"].Value.ReplaceLineEndings(" "));

    /// <summary>What links and pictures point to.</summary>
    public IEnumerable<string> Links => Targets().Matches(Ticks().Replace(Prose, "")).Select(match => match.Groups["target"].Value);

    /// <summary>The names under which headings can be linked to.</summary>
    public IEnumerable<string> Anchors => Headings().Matches(Prose).Select(match =>
        NotInAnchors().Replace(match.Groups["heading"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>Every page of a repository, but for what was built.</summary>
    public static IEnumerable<MarkdownPage> All(string root) =>
        Files(new DirectoryInfo(root)).Order(StringComparer.Ordinal).Select(file => new MarkdownPage(root, file));

    /// <summary>One page.</summary>
    public static MarkdownPage Read(string root, string path) => new(root, System.IO.Path.Combine(root, path));

    private static IEnumerable<string> Files(DirectoryInfo folder) => folder.EnumerateFiles("*.md").Select(file => file.FullName)
        .Concat(folder.EnumerateDirectories().Where(inner => !s_notOurs.Contains(inner.Name)).SelectMany(Files));

    [GeneratedRegex(@"(?<!`)`(?<code>[^`]+)`(?!`)")]
    private static partial Regex Ticks();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Targets();

    [GeneratedRegex(@"^#+ (?<heading>.+?) *$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
