using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using SlSam.Analyzers.Diagnostics;

namespace SlSam.CodeFixes.Layers;

/// <summary>Takes <c>sparse: true</c> away from an embedding.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DenseEmbeddingCodeFix))]
public sealed class DenseEmbeddingCodeFix : DocumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.SparseEmbedding);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<FixOffer>> OffersAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return root is not null && Argument(root, diagnostic) is not null
            ? [new FixOffer("Use dense gradients", nameof(DenseEmbeddingCodeFix))]
            : [];
    }

    /// <inheritdoc/>
    protected override Task EditAsync(DocumentEditor editor, Diagnostic diagnostic, string key, CancellationToken cancellation)
    {
        var argument = Argument(editor.OriginalRoot, diagnostic)!;
        if (argument.NameColon is null)
            editor.ReplaceNode(argument.Expression, SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression));
        else
            editor.RemoveNode(argument, HasRemark(argument) ? SyntaxRemoveOptions.KeepExteriorTrivia : SyntaxRemoveOptions.KeepNoTrivia);
        return Task.CompletedTask;
    }

    private static bool HasRemark(ArgumentSyntax argument) =>
        argument.DescendantTrivia().Any(Remarks.IsRemark);

    private static ArgumentSyntax? Argument(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<ArgumentSyntax>();
}
