using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using SlSam.Analyzers.Diagnostics;

namespace SlSam.CodeFixes.Layers;

/// <summary>
/// Removes <c>[SamLayer]</c> from what cannot be a layer, <c>[SparseDelta]</c> from what is none, or one of two attributes that contradict each other.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveAttributeCodeFix))]
public sealed class RemoveAttributeCodeFix : DocumentCodeFix
{
    private const string Layer = "SamLayer";
    private const string Ignore = "SamIgnore";
    private const string Sparse = "SparseDelta";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(RuleIds.LayerWithoutWeights, RuleIds.LayerCannotBePerturbed, RuleIds.LayerAlsoIgnored, RuleIds.QuantizedLayer,
            RuleIds.SparseDeltaWithoutLayer);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<FixOffer>> OffersAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || MemberSyntax.At(root, diagnostic) is not { } member)
            return [];

        var offers = new List<FixOffer>();
        if (diagnostic.Id == RuleIds.LayerAlsoIgnored && member.FindAttribute(Ignore) is { } ignore && member.CanRemove(ignore))
            offers.Add(new FixOffer("Remove [SamIgnore]", Ignore));

        if (diagnostic.Id == RuleIds.SparseDeltaWithoutLayer)
        {
            if (member.FindAttribute(Sparse) is { } sparse && member.CanRemove(sparse))
                offers.Add(new FixOffer("Remove [SparseDelta]", Sparse));
            return offers;
        }

        // Without its attribute a staged member would leave a gap.
        if (member.FindAttribute(Layer) is { } layer && !layer.HasStage() && member.CanRemove(layer))
            offers.Add(new FixOffer("Remove [SamLayer]", Layer));
        return offers;
    }

    /// <inheritdoc/>
    protected override Task EditAsync(DocumentEditor editor, Diagnostic diagnostic, string key, CancellationToken cancellation)
    {
        editor.ReplaceNode(
            MemberSyntax.At(editor.OriginalRoot, diagnostic)!,
            (current, _) => current is MemberDeclarationSyntax member && member.FindAttribute(key) is { } attribute
                ? member.RemoveAttribute(attribute)
                : current);
        return Task.CompletedTask;
    }
}
