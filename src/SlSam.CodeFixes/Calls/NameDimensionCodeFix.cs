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
public sealed class NameDimensionCodeFix : DocumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.ZeroAsElementType);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<FixOffer>> OffersAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        if (Argument(editor.OriginalRoot, diagnostic) is null)
            return [];

        await EditAsync(editor, diagnostic, nameof(NameDimensionCodeFix), cancellation).ConfigureAwait(false);
        return await TrialCompilation.CompilesAsWellAsync(document, editor.GetChangedDocument(), cancellation).ConfigureAwait(false)
            ? [new FixOffer("Name the dimension: 'dim: 0'", nameof(NameDimensionCodeFix))]
            : [];
    }

    /// <inheritdoc/>
    protected override Task EditAsync(DocumentEditor editor, Diagnostic diagnostic, string key, CancellationToken cancellation)
    {
        var name = SyntaxFactory.NameColon("dim")
            .WithColonToken(SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space));
        editor.ReplaceNode(Argument(editor.OriginalRoot, diagnostic)!, (current, _) =>
        {
            var zero = ((ArgumentSyntax)current).Expression;
            return ((ArgumentSyntax)current).WithExpression(zero.WithLeadingTrivia())
                .WithNameColon(name.WithLeadingTrivia(zero.GetLeadingTrivia()));
        });
        return Task.CompletedTask;
    }

    private static ArgumentSyntax? Argument(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<ArgumentSyntax>();
}
