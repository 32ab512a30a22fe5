using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using SlSam.Analyzers.Diagnostics;

namespace SlSam.CodeFixes.Layers;

/// <summary>
/// Adds <c>[SamLayer]</c> or <c>[SamIgnore]</c> to a member with weights that has neither, <c>[SamLayer]</c> to a
/// factor of a low-rank pair that is no layer, and <c>[SamIgnore]</c> to a Tensor that is a buffer.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AnnotateMemberCodeFix))]
public sealed class AnnotateMemberCodeFix : DocumentCodeFix
{
    private const string Layer = "SamLayer";
    private const string Ignore = "SamIgnore";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(RuleIds.WeightsNotAnnotated, RuleIds.TensorField, RuleIds.LoraFactorNotTrained);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<FixOffer>> OffersAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || MemberSyntax.At(root, diagnostic) is null)
            return [];

        // In a staged model a layer needs a stage, and which one is not obvious.
        var offers = new List<FixOffer>();
        if (diagnostic.Id != RuleIds.TensorField && !diagnostic.Properties.ContainsKey(FixProperties.Staged))
            offers.Add(new FixOffer("Add [SamLayer]", Layer));
        if (diagnostic.Id != RuleIds.LoraFactorNotTrained)
            offers.Add(new FixOffer("Add [SamIgnore]", Ignore));
        return offers;
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
