using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using SlSam.Analyzers.Diagnostics;
using SlSam.Generators.Parsing;

namespace SlSam.CodeFixes.Layers;

/// <summary>Names the partner in <c>[LoraPair]</c>: the one whose name says so, or the only one that there is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameLoraPartnerCodeFix))]
public sealed class NameLoraPartnerCodeFix : DocumentCodeFix
{
    private static readonly (string A, string B)[] s_names =
        [("down", "up"), ("Down", "Up"), ("loraA", "loraB"), ("LoraA", "LoraB"), ("A", "B"), ("a", "b")];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.LoraPartnerMissing);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<FixOffer>> OffersAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return model is not null
            && MemberSyntax.At(model.SyntaxTree.GetRoot(cancellation), diagnostic) is { } member
            && Partner(model, member, cancellation) is { } partner
                ? [new FixOffer($"Name '{partner}' as the partner", nameof(NameLoraPartnerCodeFix))]
                : [];
    }

    /// <inheritdoc/>
    protected override Task EditAsync(DocumentEditor editor, Diagnostic diagnostic, string key, CancellationToken cancellation)
    {
        var member = MemberSyntax.At(editor.OriginalRoot, diagnostic)!;
        var partner = Partner(editor.SemanticModel, member, cancellation)!;
        var arguments = SyntaxFactory.ParseAttributeArgumentList($"(nameof({partner}))");
        editor.ReplaceNode(member, (current, _) => ((MemberDeclarationSyntax)current).FindAttribute("LoraPair") is { } attribute
            ? current.ReplaceNode(attribute, attribute.WithArgumentList(arguments))
            : current);
        return Task.CompletedTask;
    }

    private static string? Partner(SemanticModel model, MemberDeclarationSyntax member, CancellationToken cancellation)
    {
        SyntaxNode declaration = member is FieldDeclarationSyntax { Declaration.Variables: var variables } ? variables[0] : member;
        if (model.GetDeclaredSymbol(declaration, cancellation) is not { ContainingType: { } type } factor || member.FindAttribute("LoraPair") is null)
            return null;

        var taken = type.GetMembers().Select(other => other.FindAttribute(TypeNames.LoraPairAttribute))
            .Select(attribute => attribute?.ConstructorArguments.FirstOrDefault().Value as string)
            .OfType<string>();
        var candidates = type.GetMembers()
            .Where(other => other is IFieldSymbol { AssociatedSymbol: null } or IPropertySymbol && !SymbolEqualityComparer.Default.Equals(other, factor)
                && other.FindAttribute(TypeNames.LoraPairAttribute) is null
                && SymbolEqualityComparer.Default.Equals(TypeOf(other), TypeOf(factor)))
            .Select(other => other.Name)
            .Except(taken)
            .ToList();
        var named = s_names.Where(pair => factor.Name.Contains(pair.A)).Select(pair => factor.Name.Replace(pair.A, pair.B));
        return named.FirstOrDefault(candidates.Contains) ?? (candidates.Count == 1 ? candidates[0] : null);
    }

    private static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };
}
