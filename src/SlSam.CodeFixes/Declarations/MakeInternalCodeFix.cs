using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using SlSam.Analyzers.Diagnostics;

namespace SlSam.CodeFixes.Declarations;

/// <summary>Makes a model <c>internal</c> that was local to its file, where generated code cannot have a part of it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeInternalCodeFix))]
public sealed class MakeInternalCodeFix : DocumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.FileLocal);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<FixOffer>> OffersAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return root is not null && FileLocal(root, diagnostic) is { } declaration
            ? [new FixOffer($"Make '{declaration.Identifier.Text}' internal", nameof(MakeInternalCodeFix))]
            : [];
    }

    /// <inheritdoc/>
    protected override Task EditAsync(DocumentEditor editor, Diagnostic diagnostic, string key, CancellationToken cancellation)
    {
        editor.ReplaceNode(FileLocal(editor.OriginalRoot, diagnostic)!, (current, _) =>
        {
            var declaration = (TypeDeclarationSyntax)current;
            return Modifier(declaration) is { RawKind: not 0 } file
                ? declaration.ReplaceToken(file, SyntaxFactory.Token(SyntaxKind.InternalKeyword).WithTriviaFrom(file))
                : declaration;
        });
        return Task.CompletedTask;
    }

    /// <summary>The model, or the type around it, that has the modifier.</summary>
    private static TypeDeclarationSyntax? FileLocal(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
            .FirstOrDefault(declaration => Modifier(declaration).RawKind != 0);

    private static SyntaxToken Modifier(TypeDeclarationSyntax declaration) =>
        declaration.Modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.FileKeyword));
}
