using System.Reflection;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using SlSam.Compiler.Tests.Harness;
using SlSam.Docs.Tests.Markdown;

namespace SlSam.Docs.Tests;

/// <summary>Every fenced block says what it is written in, and all of what it is written in is held by a test.</summary>
public class BlockTests
{
    private static readonly CodeBlock[] s_blocks = [.. MarkdownPage.All(Repository.Root).SelectMany(page => page.Blocks)];

    /// <summary>
    /// csharp: Guides/GuideTests and the tests that it names, in SlSam.Compiler.Tests. sh: <see cref="Commands.CommandTests"/>.
    /// The others: here; for text and console, which are what a program prints, the pages that a test compares with it.
    /// </summary>
    private static readonly string[] s_languages = ["csharp", "sh", "xml", "json", "python", "text", "console"];

    /// <summary>
    /// README.md: <see cref="Commands.FirstModelTests"/>. first-model.md: the same, Tutorial/TutorialTests of SlSam.Compiler.Tests and TutorialTests of
    /// SlSam.Package.Tests. NativeAot: NativeAotTests there.
    /// </summary>
    private static readonly string[] s_printed = ["README.md", "docs/first-model.md", "samples/NativeAot/README.md"];

    [Fact]
    public void Every_block_names_a_language_that_a_test_knows() =>
        Assert.Empty(s_blocks.Where(block => !s_languages.Contains(block.Language)).Select(block => block.ToString()));

    [Fact]
    public void What_programs_print_stands_where_a_test_compares_it() =>
        Assert.Equal(s_printed, s_blocks.Where(block => block.Language is "text" or "console").Select(block => block.Page).Distinct());

    [Fact]
    public void What_is_put_into_project_files_is_XML_that_names_packages_in_the_versions_of_this_checkout()
    {
        var version = typeof(BlockTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Version").Value!;
        var known = XElement.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);
        foreach (var ours in new[] { "SlSam", "SlSam.LibTorch", "SlSam.Reporting" })
            known.Add(ours, version);

        var references = s_blocks.Where(block => block.Language == "xml")
            .SelectMany(block => XElement.Parse($"<Project>{block.Text}</Project>").Descendants("PackageReference")
                .Select(reference => (block, reference.Attribute("Include")!.Value, reference.Attribute("Version")!.Value)))
            .ToList();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.Equal((reference.block, reference.Item2, known.GetValueOrDefault(reference.Item2)), reference));
    }

    [Fact]
    public void What_is_put_into_JSON_files_is_JSON() =>
        Assert.All(s_blocks.Where(block => block.Language == "json"), block => Assert.IsType<JsonObject>(JsonNode.Parse(block.Text)));
}
