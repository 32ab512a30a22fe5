using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using SlSam.Compiler.Tests.Generator;
using SlSam.Compiler.Tests.Harness;
using SlSam.Docs.Tests.Markdown;

namespace SlSam.Compiler.Tests.Guides;

/// <summary>The emitted code that a page shows is what the generator writes for the model of the README.</summary>
public partial class EmittedCodeTests
{
    [Fact]
    public void Excerpts_are_lines_of_what_is_emitted()
    {
        var model = GuidePage.Files("README.md").Single();
        var emitted = GeneratorRun.Of(LanguageVersion.Latest, model).Files.Single().SourceText.ToString().ReplaceLineEndings("\n");

        var excerpts = MarkdownPage.All(Repository.Root).SelectMany(page => page.Blocks).Where(block => block.Info == "csharp emitted").Select(block => block.Text).ToList();

        Assert.Equal(3, excerpts.Count);
        Assert.All(excerpts, excerpt => Assert.True(excerpt.Length > 0 && Plain(emitted).Contains(Plain(excerpt)), $"Not in what is emitted:\n{excerpt}\n\n{Plain(emitted)}"));
    }

    /// <summary>Code without indentation, namespaces, attributes and doc comments.</summary>
    private static string Plain(string code) => string.Join(
        '\n', Namespaces().Replace(code, "").Split('\n').Select(line => line.Trim()).Where(line => !line.StartsWith("///", StringComparison.Ordinal) && !line.StartsWith('[')));

    [GeneratedRegex(@"global::(TorchSharp\.torch\.|SlSam\.|System\.Collections\.Generic\.|System\.)")]
    private static partial Regex Namespaces();
}
