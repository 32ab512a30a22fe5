using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace SlSam.CodeFixes.Closures;

/// <summary>A fix that moves the computation of a loss into the closure of a step.</summary>
public abstract class ClosureCodeFix : TrialCodeFix
{
    private protected abstract string Title { get; }

    /// <inheritdoc/>
    protected sealed override string? TitleFor(Diagnostic diagnostic) => Title;

    /// <summary>Finds the step, the value that its closure is to compute, and how the call looks with the closure.</summary>
    private protected abstract StepToFix? Find(SyntaxNode root, Diagnostic diagnostic);

    /// <inheritdoc/>
    protected sealed override bool TryEdit(DocumentEditor editor, Diagnostic diagnostic, CancellationToken cancellation)
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
