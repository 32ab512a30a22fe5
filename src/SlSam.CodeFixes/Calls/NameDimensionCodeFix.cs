using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using SlSam.Analyzers.Diagnostics;

namespace SlSam.CodeFixes.Calls;

/// <summary>Says that 0 is the dimension: <c>x.sum(dim: 0)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameDimensionCodeFix))]
public sealed class NameDimensionCodeFix : TrialCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.ZeroAsElementType);

    /// <inheritdoc/>
    protected override string? TitleFor(Diagnostic diagnostic) => "Name the dimension: 'dim: 0'";

    /// <inheritdoc/>
    protected override bool TryEdit(DocumentEditor editor, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (Argument(editor.OriginalRoot, diagnostic) is not { } argument)
            return false;

        var name = SyntaxFactory.NameColon("dim")
            .WithColonToken(SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space));
        editor.ReplaceNode(argument, (current, _) =>
        {
            var zero = ((ArgumentSyntax)current).Expression;
            return ((ArgumentSyntax)current).WithExpression(zero.WithLeadingTrivia())
                .WithNameColon(name.WithLeadingTrivia(zero.GetLeadingTrivia()));
        });
        return true;
    }

    private static ArgumentSyntax? Argument(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<ArgumentSyntax>();
}
