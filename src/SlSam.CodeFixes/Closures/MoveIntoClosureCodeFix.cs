using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SlSam.Analyzers.Diagnostics;

namespace SlSam.CodeFixes.Closures;

/// <summary>Moves what was computed before the step into its closure: <c>() => loss</c> becomes <c>() => ...</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveIntoClosureCodeFix))]
public sealed class MoveIntoClosureCodeFix : ClosureCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.LossOutsideClosure);

    private protected override string Title => "Compute the loss in the closure";

    private protected override StepToFix? Find(SyntaxNode root, Diagnostic diagnostic)
    {
        var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        return node.FirstAncestorOrSelf<LambdaExpressionSyntax>() is ParenthesizedLambdaExpressionSyntax lambda
            && lambda is { ParameterList.Parameters.Count: 0, ExpressionBody: { } value }
            && lambda.FirstAncestorOrSelf<StatementSyntax>() is { } statement
                ? new StepToFix(statement, value, null, closure => statement.ReplaceNode(lambda, closure))
                : null;
    }
}
