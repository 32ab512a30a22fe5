using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SlSam.Analyzers.Diagnostics;

namespace SlSam.CodeFixes.Closures;

/// <summary>Turns <c>var loss = ...; loss.backward(); optimizer.step();</c> into <c>optimizer.Step(() => ...);</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WrapStepCodeFix))]
public sealed class WrapStepCodeFix : ClosureCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.StepWithoutClosure);

    private protected override string Title => "Compute the loss in a closure";

    private protected override StepToFix? Find(SyntaxNode root, Diagnostic diagnostic)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)
                is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call
            || call.Parent is not ExpressionStatementSyntax statement
            || StatementRow.Of(statement) is not { } row
            || row.IndexOf(statement) is not (> 0 and var position)
            || row.Statements[position - 1] is not ExpressionStatementSyntax backward
            || Differentiated(backward) is not { } loss)
        {
            return null;
        }

        return new StepToFix(statement, loss, backward, closure =>
        {
            var step = access.WithName(SyntaxFactory.IdentifierName("Step").WithTriviaFrom(access.Name));
            var arguments = SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(closure)));
            return statement.WithExpression(call.WithExpression(step).WithArgumentList(arguments.WithTriviaFrom(call.ArgumentList)));
        });
    }

    // loss, of loss.backward();
    private static IdentifierNameSyntax? Differentiated(ExpressionStatementSyntax statement) =>
        statement.Expression is InvocationExpressionSyntax
        {
            ArgumentList.Arguments.Count: 0,
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "backward", Expression: IdentifierNameSyntax loss },
        }
            ? loss
            : null;
}
