using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using SlSam.Analyzers.Diagnostics;
using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Analyzers;

/// <summary>The pages in docs/rules say what the rules do: their examples are compiled and analyzed.</summary>
public class RulePageTests
{
    private static readonly string[] s_headings = ["Cause", "Why it matters", "Wrong", "Right", "When to suppress"];

    public static TheoryData<string> Ids => new(Rules.All.Select(rule => rule.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_has_a_page(string id)
    {
        var page = RulePage.Read(id);

        Assert.Equal($"# {id}: {Rules.All.Single(rule => rule.Id == id).Title.ToString(CultureInfo.InvariantCulture)}", page.Title);
        Assert.Equal(s_headings, page.Sections.Select(section => section.Heading));
        Assert.All(page.Sections, section => Assert.NotEmpty(section.Text));
        Assert.DoesNotContain(page.Sections, section => section.Heading is not ("Wrong" or "Right") && section.Text.Contains("```csharp", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [MemberData(nameof(Ids))]
    public async Task What_the_page_calls_wrong_breaks_the_rule_and_no_other(string id)
    {
        SkipWhereItCannotBeTried(id);
        var compilation = TestCompilation.Generate(TestCompilation.Create([RulePage.Read(id).Source("Wrong")]));
        var found = await AnalyzerVerifier.AnalyzeAsync(compilation, PropertiesFor(id));

        Assert.NotEmpty(found);
        Assert.All(found, diagnostic => Assert.Equal(id, diagnostic.Id));
        if (found.All(diagnostic => diagnostic.Severity < DiagnosticSeverity.Error))
            Assert.Empty(Errors(compilation));
    }

    [SkippableTheory]
    [MemberData(nameof(Ids))]
    public async Task What_the_page_calls_right_compiles_and_breaks_no_rule(string id)
    {
        SkipWhereItCannotBeTried(id);
        var compilation = TestCompilation.Generate(TestCompilation.Create([RulePage.Read(id).Source("Right")]));

        Assert.Empty(Errors(compilation));
        Assert.Empty(await AnalyzerVerifier.AnalyzeAsync(compilation, PropertiesFor(id)));
    }

    /// <summary>Set SLSAM_UPDATE=1 to write the table anew.</summary>
    [Fact]
    public void The_table_of_rules_is_up_to_date()
    {
        var path = Path.Combine(Repository.RulePages, "README.md");
        var table = Table();
        if (Environment.GetEnvironmentVariable("SLSAM_UPDATE") == "1")
            File.WriteAllText(path, table);

        Assert.Equal(table, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    private static BuildProperties PropertiesFor(string id) =>
        id == RuleIds.ReflectedRegistration ? BuildProperties.Native : BuildProperties.None;

    private static void SkipWhereItCannotBeTried(string id)
    {
        Skip.If(id == RuleIds.LanguageTooOld, "The language is chosen in the project file.");
        SkipWithoutScriptModules(id);
    }

    private static void SkipWithoutScriptModules(string id) => Skip.If(
        id == RuleIds.LayerCannotBePerturbed
            && TestCompilation.Create([]).GetTypeByMetadataName("TorchSharp.torch+jit+ScriptModule") is null,
        "This provider of TorchSharp's API has no script modules.");

    private static string Table()
    {
        var fixable = CompilerParts.CodeFixes.SelectMany(provider => provider.FixableDiagnosticIds).ToHashSet();
        var table = new StringBuilder();
        table.Append("# Rules\n\n");
        table.Append("An error says that no code, or not all of it, can be generated for a model; ");
        table.Append("a warning says that the code compiles and trains wrongly; ");
        table.Append("an info says that something may not be meant.\n");
        table.Append("Severities are set in .editorconfig, as in `dotnet_diagnostic.SLSAM010.severity = error`.\n\n");
        table.Append("| id | rule | category | severity | fix |\n| --- | --- | --- | --- | --- |\n");
        foreach (var rule in Rules.All)
        {
            var severity = rule.DefaultSeverity.ToString().ToLowerInvariant();
            var title = rule.Title.ToString(CultureInfo.InvariantCulture);
            var fix = fixable.Contains(rule.Id) ? "yes" : "";
            table.Append(CultureInfo.InvariantCulture, $"| [{rule.Id}]({rule.Id}.md) | {title} | {rule.Category} | {severity} | {fix} |\n");
        }

        table.Append("\nThe package has three more, which end a build before the compiler runs:\n\n");
        foreach (var page in Directory.GetFiles(Repository.RulePages, "SLSAM1*.md").Order(StringComparer.Ordinal))
        {
            var id = Path.GetFileNameWithoutExtension(page);
            table.Append(CultureInfo.InvariantCulture, $"- [{id}]({id}.md){RulePage.Read(id).Title[$"# {id}".Length..]}\n");
        }

        return table.ToString();
    }

    private static IEnumerable<string> Errors(Compilation compilation) =>
        compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.ToString());
}
