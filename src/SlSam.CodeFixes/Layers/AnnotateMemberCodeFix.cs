using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using SlSam.Analyzers.Diagnostics;

namespace SlSam.CodeFixes.Layers;

/// <summary>Adds <c>[SamLayer]</c> or <c>[SamIgnore]</c> to a member with weights that has neither.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AnnotateMemberCodeFix))]
public sealed class AnnotateMemberCodeFix : DocumentCodeFix
{
    private const string Layer = "SamLayer";
    private const string Ignore = "SamIgnore";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.WeightsNotAnnotated);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<FixOffer>> OffersAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || MemberSyntax.At(root, diagnostic) is null)
            return [];

        // In a staged model a layer needs a stage, and which one is not obvious.
        return diagnostic.Properties.ContainsKey(FixProperties.Staged)
            ? [new FixOffer("Add [SamIgnore]", Ignore)]
            : [new FixOffer("Add [SamLayer]", Layer), new FixOffer("Add [SamIgnore]", Ignore)];
    }

    /// <inheritdoc/>
    protected override Task EditAsync(DocumentEditor editor, Diagnostic diagnostic, string key, CancellationToken cancellation)
    {
        var member = MemberSyntax.At(editor.OriginalRoot, diagnostic)!;
        var isInScope = !editor.SemanticModel.LookupNamespacesAndTypes(member.SpanStart, name: key + "Attribute").IsEmpty;
        editor.ReplaceNode(member, (current, _) => ((MemberDeclarationSyntax)current).AddAttribute(isInScope ? key : "SlSam." + key));
        return Task.CompletedTask;
    }
}
