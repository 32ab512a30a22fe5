using System.Reflection;
using System.Text.RegularExpressions;
using SlSam.Compiler.Tests.Harness;
using SlSam.Docs.Tests.Markdown;

namespace SlSam.Compiler.Tests.Guides;

/// <summary>What pages name between backticks, as <c>Type.Member</c> or <c>optimizer.Member</c>, is there.</summary>
public partial class MemberNameTests
{
    [Fact]
    public void Every_member_that_a_page_names_exists()
    {
        var types = typeof(SharpnessAwareOptimizer).Assembly.GetExportedTypes().GroupBy(type => type.Name).ToDictionary(group => group.Key, group => group.First());
        types.Add("optimizer", typeof(SharpnessAwareOptimizer));

        var named = (from page in MarkdownPage.All(Repository.Root)
                     from code in page.InlineCode
                     from member in Members().Matches(code)
                     let type = types.GetValueOrDefault(member.Groups["type"].Value)
                     where type is not null
                     select (page.Path, Type: type, Name: member.Groups["name"].Value)).ToList();

        Assert.True(named.Count > 20);
        Assert.Empty(named.Where(member => !Has(member.Type, member.Name)).Select(member => $"{member.Path}: {member.Type.Name}.{member.Name}"));
    }

    private static bool Has(Type type, string name) =>
        type.GetMember(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy).Length > 0;

    [GeneratedRegex(@"(?<![\w.])(?<type>optimizer|[A-Z]\w+)\.(?<name>[A-Z]\w+)")]
    private static partial Regex Members();
}
