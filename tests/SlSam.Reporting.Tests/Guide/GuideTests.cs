using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace SlSam.Reporting.Tests.Guide;

/// <summary>The code of docs/reporting.md is compiled and run: every block of it stands in <see cref="Reader"/>, line by line.</summary>
public sealed partial class GuideTests
{
    [Fact]
    public void Every_block_of_the_page_is_in_the_code_that_is_compiled()
    {
        var compiled = Lines(File.ReadAllText(Path.Combine(Folder(), "Reader.cs")));
        var page = File.ReadAllText(Path.Combine(Folder(), "..", "..", "..", "docs", "reporting.md")).ReplaceLineEndings("\n");
        var blocks = CodeBlock().Matches(page).Select(match => Lines(match.Groups[1].Value)).ToList();
        Assert.Equal(4, blocks.Count);
        Assert.All(blocks, block => Assert.Contains(string.Join('\n', block), string.Join('\n', compiled), StringComparison.Ordinal));
    }

    [SkippableFact]
    public void The_code_of_the_page_runs()
    {
        Skip.IfNot(HtmlReport.IsAvailable, "This build has no chart library: npm was missing, or could not reach its registry.");
        var before = Environment.CurrentDirectory;
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Environment.CurrentDirectory = folder.FullName;
            Reader.Follow();
            Assert.Equal(["adamw.json", "both.html", "report.html", "run.json"], folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
            Assert.Single(Directory.GetFiles(Path.Combine(folder.FullName, "runs", "sl-sam")));
        }
        finally
        {
            Environment.CurrentDirectory = before;
            folder.Delete(recursive: true);
        }
    }

    private static string[] Lines(string text) => [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
