using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using SlSam.Analyzers.Diagnostics;
using SlSam.CodeFixes.Closures;

namespace SlSam.CodeFixes.Ordering;

/// <summary>Puts <c>model.to(device);</c> in front of the optimizer's declaration.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveModelFirstCodeFix))]
public sealed class MoveModelFirstCodeFix : DocumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.OptimizerBeforeMove);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<FixOffer>> OffersAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return model is not null && Find(model.SyntaxTree.GetRoot(cancellation), diagnostic) is var (move, optimizer)
            && DependsOnlyOnWhatComesBefore(model, move, optimizer)
            ? [new FixOffer("Move the model before the optimizer is built", nameof(MoveModelFirstCodeFix))]
            : [];
    }

    /// <inheritdoc/>
    protected override Task EditAsync(DocumentEditor editor, Diagnostic diagnostic, string key, CancellationToken cancellation)
    {
        var (move, optimizer) = Find(editor.OriginalRoot, diagnostic)!.Value;

        // Blank lines stay where they are; a comment goes where its statement goes.
        var moved = move.WithLeadingTrivia(move.GetLeadingTrivia().SkipWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
        SyntaxNode inserted = move.Parent is GlobalStatementSyntax global ? global.WithStatement(moved) : moved;
        editor.InsertBefore(StatementRow.Node(optimizer), inserted);
        editor.RemoveNode(StatementRow.Node(move), SyntaxRemoveOptions.KeepNoTrivia);
        return Task.CompletedTask;
    }

    private static (ExpressionStatementSyntax Move, StatementSyntax Optimizer)? Find(SyntaxNode root, Diagnostic diagnostic)
    {
        var move = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)
            .FirstAncestorOrSelf<ExpressionStatementSyntax>();
        var optimizer = root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true)
            .FirstAncestorOrSelf<StatementSyntax>();
        return move is not null && optimizer is not null && StatementRow.Of(move) is { } row && row.IndexOf(optimizer) >= 0
            && !move.GetLeadingTrivia().Concat(optimizer.GetLeadingTrivia()).Any(trivia => trivia.IsDirective)
                ? (move, optimizer)
                : null;
    }

    private static bool DependsOnlyOnWhatComesBefore(SemanticModel model, ExpressionStatementSyntax move, StatementSyntax optimizer) =>
        move.DescendantNodes().OfType<IdentifierNameSyntax>().All(name =>
            model.GetSymbolInfo(name).Symbol is not ILocalSymbol local
                || local.Locations.All(location => location.SourceSpan.End <= optimizer.SpanStart));
}
