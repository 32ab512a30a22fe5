using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace SlSam.Compiler.Tests.Harness;

/// <summary>Runs all analyzers together over sources and compares what they say with the marks.</summary>
internal static class AnalyzerVerifier
{
    /// <summary>
    /// Exactly the marked diagnostics are reported. The sources must compile as well, unless an error is expected of the rules themselves:
    /// then a part of the generated code is missing.
    /// </summary>
    public static Task VerifyAsync(params string[] markedSources) => VerifyAsync(BuildProperties.None, markedSources);

    /// <summary>The same in a project with these properties.</summary>
    public static async Task VerifyAsync(BuildProperties properties, params string[] markedSources)
    {
        var sources = markedSources.Select(MarkedSource.Parse).ToList();
        var compilation = TestCompilation.Generate(TestCompilation.Create(sources.Select(source => source.Text)));
        var found = await AnalyzeAsync(compilation, properties);

        var expected = sources.SelectMany((source, index) =>
            source.Expected.Select(mark => Describe(mark.Id, $"Test{index}.cs", mark.Span, source.Text)));
        var actual = found.Select(diagnostic => Describe(
            diagnostic.Id,
            diagnostic.Location.SourceTree?.FilePath ?? "nowhere",
            diagnostic.Location.SourceSpan,
            diagnostic.Location.SourceTree?.ToString() ?? ""));
        var messages = string.Join('\n', found.Select(diagnostic => diagnostic.ToString()));
        Assert.True(
            expected.Order(StringComparer.Ordinal).SequenceEqual(actual.Order(StringComparer.Ordinal)),
            $"Expected:\n{string.Join('\n', expected)}\nReported:\n{messages}");

        if (!found.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(diagnostic => diagnostic.ToString()));
    }

    /// <summary>What all of SlSam's analyzers report, and what goes wrong inside them.</summary>
    /// <param name="compilation">The project.</param>
    /// <param name="settings">What the project file and an .editorconfig set, as the compiler is told it.</param>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation, AnalyzerConfigOptionsProvider? settings = null)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([], settings ?? BuildProperties.None), onAnalyzerException: null, concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);
        return await compilation.WithAnalyzers(CompilerParts.Analyzers, options).GetAnalyzerDiagnosticsAsync();
    }

    private static string Describe(string id, string path, TextSpan span, string text) =>
        $"{path} {span.Start:D5} {id} '{text.Substring(span.Start, span.Length)}'";
}
