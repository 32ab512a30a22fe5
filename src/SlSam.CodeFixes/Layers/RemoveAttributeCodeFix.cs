using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using SlSam.Analyzers.Diagnostics;

namespace SlSam.CodeFixes.Layers;

/// <summary>
/// Removes <c>[SamLayer]</c> from what cannot be a layer, <c>[SparseDelta]</c> from what is none or is frozen, <c>[LoraPair]</c> from what makes no
/// pair, or one of two attributes that contradict each other.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveAttributeCodeFix))]
public sealed class RemoveAttributeCodeFix : DocumentCodeFix
{
    private const string Layer = "SamLayer";
    private const string Ignore = "SamIgnore";
    private const string Sparse = "SparseDelta";
    private const string Pair = "LoraPair";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(RuleIds.LayerWithoutWeights, RuleIds.LayerCannotBePerturbed, RuleIds.LayerAlsoIgnored, RuleIds.QuantizedLayer,
            RuleIds.SparseDeltaWithoutLayer, RuleIds.FrozenLayerTrained, RuleIds.LoraPairUnsupported);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<FixOffer>> OffersAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || MemberSyntax.At(root, diagnostic) is not { } member)
            return [];

        return [.. Superfluous(diagnostic.Id)
            .Where(name => member.FindAttribute(name) is { } attribute && member.CanRemove(attribute)
                // Without its attribute a staged member would leave a gap.
                && !(name == Layer && attribute.HasStage()))
            .Select(name => new FixOffer($"Remove [{name}]", name))];
    }

    private static string[] Superfluous(string id) => id switch
    {
        RuleIds.LayerAlsoIgnored => [Ignore, Layer],
        RuleIds.SparseDeltaWithoutLayer or RuleIds.FrozenLayerTrained => [Sparse],
        RuleIds.LoraPairUnsupported => [Pair],
        _ => [Layer],
    };

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
