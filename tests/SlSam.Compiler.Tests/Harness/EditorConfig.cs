using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SlSam.Compiler.Tests.Harness;

/// <summary>The lines of an .editorconfig for all C# files, read as the compiler reads them.</summary>
internal sealed class EditorConfig : AnalyzerConfigOptionsProvider
{
    private readonly AnalyzerConfigOptionsResult _settings;

    private EditorConfig(AnalyzerConfigOptionsResult settings)
    {
        _settings = settings;
        Severities = new TreeSeverities(settings.TreeOptions);
    }

    public SyntaxTreeOptionsProvider Severities { get; }

    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(ImmutableDictionary<string, string>.Empty);

    public static EditorConfig Parse(string lines)
    {
        var file = AnalyzerConfig.Parse($"root = true\n[*.cs]\n{lines}\n", "/project/.editorconfig");
        return new EditorConfig(AnalyzerConfigSet.Create(ImmutableArray.Create(file)).GetOptionsForSourcePath("/project/Test.cs"));
    }

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Options(_settings.AnalyzerOptions);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class Options(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }

    private sealed class TreeSeverities(ImmutableDictionary<string, ReportDiagnostic> severities) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(
            SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            severities.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = default;
            return false;
        }
    }
}
