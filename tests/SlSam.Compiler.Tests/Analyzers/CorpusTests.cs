using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Analyzers;

/// <summary>Models and training loops in the style of TorchSharp's public examples: properly annotated, they break no rule.</summary>
public class CorpusTests
{
    private static string Folder => Path.Combine(Repository.Root, "tests", "SlSam.Compiler.Tests", "Analyzers", "Corpus");

    public static TheoryData<string> Sources =>
        new(Directory.GetFiles(Folder, "*.cs.txt").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));

    public static IEnumerable<string> Texts =>
        Directory.GetFiles(Folder, "*.cs.txt").Order(StringComparer.Ordinal).Select(File.ReadAllText);

    [Theory]
    [MemberData(nameof(Sources))]
    public Task Compiles_and_breaks_no_rule(string source) => AnalyzerVerifier.VerifyAsync(File.ReadAllText(Path.Combine(Folder, source)));

    [Fact]
    public Task The_first_model_of_the_readme_compiles_and_breaks_no_rule()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");
        var code = readme.Split("```csharp\n")[1].Split("```")[0];
        Assert.Contains("[SamModel]", code);
        return AnalyzerVerifier.VerifyAsync(code);
    }
}
