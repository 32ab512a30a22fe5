using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace SlSam.CodeFixes;

/// <summary>
/// A fix that edits the document of its diagnostic. Fixing all works on a document at a time, with every edit on one tree,
/// since two diagnostics often touch one class.
/// </summary>
public abstract class DocumentCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(FixAllAsync);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var (title, key) in await OffersAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(title, cancellation => FixAsync(context.Document, [diagnostic], key, cancellation), key),
                    diagnostic);
            }
        }
    }

    /// <summary>What can be done about the diagnostic; empty unless every precondition holds.</summary>
    protected abstract Task<IReadOnlyList<FixOffer>> OffersAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation);

    /// <summary>Edits the document for one diagnostic; must not mind that an edit for another one came first.</summary>
    protected abstract Task EditAsync(DocumentEditor editor, Diagnostic diagnostic, string key, CancellationToken cancellation);

    private async Task<Document?> FixAllAsync(FixAllContext context, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        var key = context.CodeActionEquivalenceKey!;
        var fixable = new List<Diagnostic>();
        foreach (var diagnostic in diagnostics)
        {
            var offers = await OffersAsync(document, diagnostic, context.CancellationToken).ConfigureAwait(false);
            if (offers.Any(offer => offer.EquivalenceKey == key))
                fixable.Add(diagnostic);
        }

        return await FixAsync(document, fixable, key, context.CancellationToken).ConfigureAwait(false);
    }

    private async Task<Document> FixAsync(Document document, IReadOnlyList<Diagnostic> diagnostics, string key,
        CancellationToken cancellation)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        foreach (var diagnostic in diagnostics)
            await EditAsync(editor, diagnostic, key, cancellation).ConfigureAwait(false);
        return editor.GetChangedDocument();
    }
}
