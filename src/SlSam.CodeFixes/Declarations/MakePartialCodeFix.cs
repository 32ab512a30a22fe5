using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using SlSam.Analyzers.Diagnostics;

namespace SlSam.CodeFixes.Declarations;

/// <summary>Adds <c>partial</c> to a model, or to a type around one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialCodeFix))]
public sealed class MakePartialCodeFix : DocumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(RuleIds.NotPartial, RuleIds.ContainingTypeNotPartial);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<FixOffer>> OffersAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return root is not null && Declaration(root, diagnostic) is { } declaration
            ? [new FixOffer($"Make '{declaration.Identifier.Text}' partial", nameof(MakePartialCodeFix))]
            : [];
    }

    /// <inheritdoc/>
    protected override Task EditAsync(DocumentEditor editor, Diagnostic diagnostic, string key, CancellationToken cancellation)
    {
        editor.ReplaceNode(Declaration(editor.OriginalRoot, diagnostic)!, (current, _) => MakePartial((TypeDeclarationSyntax)current));
        return Task.CompletedTask;
    }

    private static TypeDeclarationSyntax? Declaration(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindToken(diagnostic.Location.SourceSpan.Start).Parent is TypeDeclarationSyntax declaration
        && !IsPartial(declaration)
            ? declaration
            : null;

    private static bool IsPartial(TypeDeclarationSyntax declaration) => declaration.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static TypeDeclarationSyntax MakePartial(TypeDeclarationSyntax declaration)
    {
        if (IsPartial(declaration))
            return declaration;

        var partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (declaration.Modifiers.Any())
            return (TypeDeclarationSyntax)declaration.WithModifiers(declaration.Modifiers.Add(partial));

        // What stood before the keyword, such as a doc comment, now stands before the modifier.
        partial = partial.WithLeadingTrivia(declaration.Keyword.LeadingTrivia);
        return ((TypeDeclarationSyntax)declaration.WithModifiers(SyntaxFactory.TokenList(partial)))
            .WithKeyword(declaration.Keyword.WithLeadingTrivia());
    }
}
