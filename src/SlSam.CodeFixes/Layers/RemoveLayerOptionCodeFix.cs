using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using SlSam.Analyzers.Diagnostics;

namespace SlSam.CodeFixes.Layers;

/// <summary>Removes an option of <c>[SamLayer]</c> that has no effect, or one of two that contradict each other.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveLayerOptionCodeFix))]
public sealed class RemoveLayerOptionCodeFix : DocumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(RuleIds.ExpandNotAModel, RuleIds.FrozenLayerTrained);

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<FixOffer>> OffersAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || MemberSyntax.At(root, diagnostic) is not { } member)
            return [];

        string[] options = diagnostic.Id == RuleIds.ExpandNotAModel ? ["Expand"] : ["AlwaysActive", "Frozen"];
        return [.. options.Where(option => Find(member, option) is not null).Select(option => new FixOffer($"Remove {option}", option))];
    }

    /// <inheritdoc/>
    protected override Task EditAsync(DocumentEditor editor, Diagnostic diagnostic, string key, CancellationToken cancellation)
    {
        editor.ReplaceNode(
            MemberSyntax.At(editor.OriginalRoot, diagnostic)!,
            (current, _) => current is MemberDeclarationSyntax member && Find(member, key) is { } option ? Remove(member, option) : current);
        return Task.CompletedTask;
    }

    private static AttributeArgumentSyntax? Find(MemberDeclarationSyntax member, string option) =>
        member.FindAttribute("SamLayer")?.FindOption(option);

    private static MemberDeclarationSyntax Remove(MemberDeclarationSyntax member, AttributeArgumentSyntax option)
    {
        var list = (AttributeArgumentListSyntax)option.Parent!;
        return list.Arguments.Count > 1
            ? member.ReplaceNode(list, list.WithArguments(list.Arguments.Remove(option)))
            : member.RemoveNode(list, SyntaxRemoveOptions.KeepNoTrivia)!;
    }
}
