using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using SlSam.Analyzers.Diagnostics;
using SlSam.Compiler.Tests.Harness;
using SlSam.Docs.Tests.Markdown;

namespace SlSam.Compiler.Tests.Guides;

/// <summary>docs/attributes.md has every attribute with all that can be said in it, and every rule that watches them.</summary>
public class AttributePageTests
{
    private static readonly MarkdownPage s_page = MarkdownPage.Read(Repository.Root, "docs/attributes.md");

    public static TheoryData<Type> Attributes => new(typeof(SamModelAttribute).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Attribute))));

    [Theory]
    [MemberData(nameof(Attributes))]
    public void Every_attribute_has_its_part_and_its_properties_are_named(Type attribute)
    {
        var name = attribute.Name[..^"Attribute".Length];

        Assert.Contains(name.ToLowerInvariant(), s_page.Anchors);
        Assert.Contains(s_page.Blocks, block => block.Text.Contains(name, StringComparison.Ordinal));
        foreach (var property in attribute.GetProperties(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Public).Where(property => property.CanWrite))
            Assert.Contains($"`{property.Name}`", s_page.Prose, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_about_models_is_linked() =>
        Assert.Empty(Rules.All.Where(rule => rule.Category == "SlSam.Model").Select(rule => $"rules/{rule.Id}.md").Except(s_page.Links.Concat(Ranges())));

    /// <summary>The pages between two that are linked as "... to ...".</summary>
    private static IEnumerable<string> Ranges() =>
        from range in Regex.Matches(s_page.Prose, @"SLSAM(\d+)\.md\) to\s+\[\d+\]\(rules/SLSAM(\d+)\.md")
        let first = int.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture)
        let last = int.Parse(range.Groups[2].Value, CultureInfo.InvariantCulture)
        from number in Enumerable.Range(first, last - first + 1)
        select $"rules/SLSAM{number:D3}.md";
}
