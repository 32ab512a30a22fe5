using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SlSam.Compiler.Tests.Harness;

/// <summary>SlSam's generator, as a project of a workspace refers to it.</summary>
internal sealed class GeneratorReference : AnalyzerReference
{
    // A workspace asks more than once and must be given the same ones.
    private readonly ImmutableArray<ISourceGenerator> _generators = CompilerParts.Generators;

    public override string FullPath => "SlSam.Generators";

    public override object Id => FullPath;

    public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzers(string language) => [];

    public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzersForAllLanguages() => [];

    public override ImmutableArray<ISourceGenerator> GetGenerators(string language) => _generators;
}
