using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using SlSam.Analyzers.Diagnostics;

namespace SlSam.CodeFixes.Closures;

/// <summary>Removes a call of <c>backward</c> from a closure.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveBackwardCodeFix))]
public sealed class RemoveBackwardCodeFix : DocumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.ClosureCallsBackward);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<FixOffer>> OffersAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return root is not null && Statement(root, diagnostic) is not null
            ? [new FixOffer("Remove the call of backward", nameof(RemoveBackwardCodeFix))]
            : [];
    }

    /// <inheritdoc/>
    protected override Task EditAsync(DocumentEditor editor, Diagnostic diagnostic, string key, CancellationToken cancellation)
    {
        var statement = Statement(editor.OriginalRoot, diagnostic)!;
        var hasRemarks = statement.GetLeadingTrivia().Concat(statement.GetTrailingTrivia())
            .Any(Remarks.IsRemark);
        editor.RemoveNode(statement, hasRemarks ? SyntaxRemoveOptions.KeepExteriorTrivia : SyntaxRemoveOptions.KeepNoTrivia);
        return Task.CompletedTask;
    }

    private static ExpressionStatementSyntax? Statement(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<InvocationExpressionSyntax>()
            is { Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement }
            ? statement
            : null;
}
