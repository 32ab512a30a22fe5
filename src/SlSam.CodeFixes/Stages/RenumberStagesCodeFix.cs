using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using SlSam.Analyzers.Diagnostics;
using SlSam.CodeFixes.Layers;
using SlSam.Generators.Parsing;

namespace SlSam.CodeFixes.Stages;

/// <summary>Closes gaps between stages: the members keep their order and are counted from 0.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenumberStagesCodeFix))]
public sealed class RenumberStagesCodeFix : DocumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.StageGap);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<FixOffer>> OffersAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return model is not null && Numbers(model, diagnostic, cancellation) is not null
            ? [new FixOffer("Renumber the stages", nameof(RenumberStagesCodeFix))]
            : [];
    }

    /// <inheritdoc/>
    protected override Task EditAsync(DocumentEditor editor, Diagnostic diagnostic, string key, CancellationToken cancellation)
    {
        var numbers = Numbers(editor.SemanticModel, diagnostic, cancellation)!;
        var order = numbers.Select(Value).Distinct().OrderBy(value => value).ToList();
        foreach (var number in numbers)
        {
            var position = SyntaxFactory.Literal(order.IndexOf(Value(number))).WithTriviaFrom(number.Token);
            editor.ReplaceNode(number, (current, _) => ((LiteralExpressionSyntax)current).WithToken(position));
        }

        return Task.CompletedTask;
    }

    /// <summary>The numbers of all stages of the model; null unless all are literals that stand in one file and count from 0.</summary>
    private static List<LiteralExpressionSyntax>? Numbers(SemanticModel model, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = model.SyntaxTree.GetRoot(cancellation);
        if (root.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration
            || model.GetDeclaredSymbol(declaration, cancellation) is not { BaseType: { } baseType } type
            || type.FindAttribute(TypeNames.SamModelAttribute) is null
            || baseType.ContainingAssembly?.Name != TypeNames.TorchAssembly)
        {
            return null;
        }

        var numbers = new List<LiteralExpressionSyntax>();
        foreach (var attribute in type.GetMembers().SelectMany(member => member.GetAttributes()))
        {
            if (!attribute.AttributeClass.Is(TypeNames.SamLayerAttribute) && !attribute.AttributeClass.Is(TypeNames.SamStageAttribute))
                continue;
            if (attribute.ApplicationSyntaxReference is not { } reference || reference.SyntaxTree != model.SyntaxTree)
                return null;

            var syntax = (AttributeSyntax)reference.GetSyntax(cancellation);
            if (attribute.AttributeClass.Is(TypeNames.SamLayerAttribute) && !syntax.HasStage())
                continue;
            var argument = syntax.ArgumentList!.Arguments.First(argument =>
                argument.NameEquals is null || argument.NameEquals.Name.Identifier.ValueText == "Stage");
            if (argument.Expression is not LiteralExpressionSyntax { Token.Value: int } literal)
                return null;
            numbers.Add(literal);
        }

        return numbers;
    }

    private static int Value(LiteralExpressionSyntax literal) => (int)literal.Token.Value!;
}
