using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SlSam.Compiler.Tests.Harness;

/// <summary>SlSam's generator, as a project of a workspace refers to it.</summary>
internal sealed class GeneratorReference : AnalyzerReference
{
    public override string FullPath => "SlSam.Generators";

    public override object Id => FullPath;

    public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzers(string language) => [];

    public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzersForAllLanguages() => [];

    public override ImmutableArray<ISourceGenerator> GetGenerators(string language) => CompilerParts.Generators;
}
