using System.Text.RegularExpressions;
using SlSam.Compiler.Tests.Harness;
using SlSam.Docs.Tests.Markdown;

namespace SlSam.Docs.Tests.Commands;

/// <summary>What the pages tell a reader to type.</summary>
internal static partial class DocumentedCommands
{
    /// <summary>A text between backticks that begins so, and goes on, is a command.</summary>
    private static readonly string[] s_programs =
        ["dotnet", "dotnet-counters", "sh", "bash", "cd", "git", "curl", "wget", "apt-get", "npm", "pip", "python3", "torchrun", "tensorboard", "nsys"];

    /// <summary>Each command once, with the pages that have it: all lines of sh blocks, and what stands between backticks and looks like one.</summary>
    public static IReadOnlyDictionary<string, string[]> All { get; } = MarkdownPage.All(Repository.Root)
        .SelectMany(page => On(page).Select(command => (command, page.Path)))
        .GroupBy(pair => pair.command, pair => pair.Path)
        .ToDictionary(group => group.Key, group => group.Distinct().ToArray());

    private static IEnumerable<string> On(MarkdownPage page) =>
        page.Blocks.Where(block => block.Language == "sh").SelectMany(block => Lines(block.Text)).Concat(page.InlineCode.Where(IsCommand));

    private static IEnumerable<string> Lines(string block) =>
        block.Replace("\\\n", "", StringComparison.Ordinal).Split('\n').Select(line => Comment().Replace(line, "").Trim()).Where(line => line.Length > 0);

    private static bool IsCommand(string code)
    {
        var words = Assignments().Replace(code, "").Split(' ');
        return words[0] == "./build.sh" || (words.Length > 1 && s_programs.Contains(words[0]));
    }

    [GeneratedRegex(@"(^|\s)#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^([A-Za-z_]+=\S+ )+")]
    private static partial Regex Assignments();
}
