using Microsoft.CodeAnalysis;
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
    public async Task Compiles_and_breaks_no_rule(string source)
    {
        var compilation = TestCompilation.Generate(TestCompilation.Create([File.ReadAllText(Path.Combine(Folder, source))]));

        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.ToString()));
        Assert.Empty((await AnalyzerVerifier.AnalyzeAsync(compilation)).Select(diagnostic => diagnostic.ToString()));
    }
}
