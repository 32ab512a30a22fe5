using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SlSam.Generators.Emitting;
using SlSam.Generators.Parsing;

namespace SlSam.Generators;

/// <summary>Writes the other part of every [SamModel] class, and its optimizer.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class SamModelGenerator : IIncrementalGenerator
{
    /// <summary>The step that turns a class into a spec.</summary>
    internal const string ParseStep = "Parse";

    /// <summary>The step that turns a spec into text.</summary>
    internal const string EmitStep = "Emit";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var files = context.SyntaxProvider
            .ForAttributeWithMetadataName(TypeNames.SamModelAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (attributed, cancellation) => SpecCache.GetOrAdd(
                    attributed.TargetNode, attributed.SemanticModel.Compilation, () => Parse(attributed, cancellation)))
            .WithTrackingName(ParseStep)
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => (spec!.HintName, Text: ModelEmitter.Emit(spec)))
            .WithTrackingName(EmitStep);

        context.RegisterSourceOutput(
            files, static (output, file) => output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8)));
    }

    private static SamModelSpec? Parse(GeneratorAttributeSyntaxContext attributed, CancellationToken cancellation)
        => IsFirstAttribute(attributed, cancellation)
            ? SamModelParser.Parse((INamedTypeSymbol)attributed.TargetSymbol, problems: null, cancellation)
            : null;

    /// <summary>Whether a class with the attribute on several of its parts, which is an error, is not met a second time.</summary>
    private static bool IsFirstAttribute(GeneratorAttributeSyntaxContext attributed, CancellationToken cancellation)
        => attributed.TargetSymbol.FindAttribute(TypeNames.SamModelAttribute)?.ApplicationSyntaxReference is { } first
        && first.GetSyntax(cancellation).Ancestors().Contains(attributed.TargetNode);
}
