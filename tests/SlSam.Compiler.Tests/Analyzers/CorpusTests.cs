using System.Text.RegularExpressions;
using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Analyzers;

/// <summary>
/// Models and training loops in the style of TorchSharp's public examples. Properly annotated they compile with what is generated for them, and neither
/// so nor without annotations do they break a rule.
/// </summary>
public partial class CorpusTests
{
    private static string Folder => Path.Combine(Repository.Root, "tests", "SlSam.Compiler.Tests", "Analyzers", "Corpus");

    public static TheoryData<string> Annotated => new(Names(Folder));

    /// <summary>What does not need the generated code to compile: no stages and no optimizer of SlSam's.</summary>
    public static TheoryData<string> Convertible => new(Names(Folder).Where(name => !NeedsGeneratedCode().IsMatch(Text(name))));

    public static TheoryData<string> Plain => new(Names(Path.Combine(Folder, "Plain")));

    public static IEnumerable<string> Texts => Names(Folder).Select(Text);

    [Theory]
    [MemberData(nameof(Annotated))]
    public Task Compiles_and_breaks_no_rule(string source) => AnalyzerVerifier.VerifyAsync(Text(source));

    [Theory]
    [MemberData(nameof(Convertible))]
    public Task Without_annotations_breaks_no_rule(string source)
    {
        var plain = Annotations().Replace(Text(source), "");
        Assert.DoesNotContain("[Sam", plain, StringComparison.Ordinal);
        return AnalyzerVerifier.VerifyAsync(plain);
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public Task Models_that_never_met_SlSam_break_no_rule(string source) => AnalyzerVerifier.VerifyAsync(Text(Path.Combine("Plain", source)));

    [Fact]
    public void The_corpus_has_models_of_many_kinds() =>
        Assert.InRange(Texts.Sum(text => text.Split("[SamModel").Length - 1), 30, int.MaxValue);

    [Fact]
    public Task The_first_model_of_the_readme_compiles_and_breaks_no_rule()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");
        var code = readme.Split("```csharp\n")[1].Split("```")[0];
        Assert.Contains("[SamModel]", code);
        return AnalyzerVerifier.VerifyAsync(code);
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.GetFiles(folder, "*.cs.txt").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    private static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name));

    [GeneratedRegex(@"Stage|\w(SlSam|Optimizer)\b")]
    private static partial Regex NeedsGeneratedCode();

    [GeneratedRegex(@"\[Sam(Model|Layer|Ignore)(\([^)]*\))?\]\s*|\bpartial (?=class)")]
    private static partial Regex Annotations();
}
