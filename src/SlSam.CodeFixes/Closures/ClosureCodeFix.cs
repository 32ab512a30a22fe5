using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace SlSam.CodeFixes.Closures;

/// <summary>A fix that moves the computation of a loss into the closure of a step.</summary>
public abstract class ClosureCodeFix : DocumentCodeFix
{
    private protected abstract string Title { get; }

    /// <inheritdoc/>
    protected sealed override async Task<IReadOnlyList<FixOffer>> OffersAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        return TryEdit(editor, diagnostic)
            && await TrialCompilation.CompilesAsWellAsync(document, editor.GetChangedDocument(), cancellation).ConfigureAwait(false)
            ? [new FixOffer(Title, GetType().Name)]
            : [];
    }

    /// <inheritdoc/>
    protected sealed override Task EditAsync(DocumentEditor editor, Diagnostic diagnostic, string key, CancellationToken cancellation)
    {
        TryEdit(editor, diagnostic);
        return Task.CompletedTask;
    }

    /// <summary>Finds the step, the value that its closure is to compute, and how the call looks with the closure.</summary>
    private protected abstract StepToFix? Find(SyntaxNode root, Diagnostic diagnostic);

    private bool TryEdit(DocumentEditor editor, Diagnostic diagnostic)
    {
        if (Find(editor.OriginalRoot, diagnostic) is not { } step
            || ClosureBuilder.Build(editor.SemanticModel, step.Statement, step.Value, step.Backward) is not var (builder, closure))
        {
            return false;
        }

        var superfluous = builder.Superfluous.OrderBy(statement => statement.SpanStart).ToList();
        var leading = superfluous.Count > 0 ? superfluous[0].GetLeadingTrivia() : step.Statement.GetLeadingTrivia();
        editor.ReplaceNode(step.Statement, step.WithClosure(closure).WithLeadingTrivia(leading));
        foreach (var statement in superfluous)
            editor.RemoveNode(StatementRow.Node(statement), SyntaxRemoveOptions.KeepNoTrivia);
        return true;
    }

    private protected sealed class StepToFix(
        StatementSyntax statement,
        ExpressionSyntax value,
        StatementSyntax? backward,
        Func<LambdaExpressionSyntax, StatementSyntax> withClosure)
    {
        public StatementSyntax Statement { get; } = statement;

        public ExpressionSyntax Value { get; } = value;

        public StatementSyntax? Backward { get; } = backward;

        public StatementSyntax WithClosure(LambdaExpressionSyntax closure) => withClosure(closure);
    }
}
