using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Editing;

namespace SlSam.CodeFixes;

/// <summary>A fix that is made on trial before it is offered: it must be possible, and bring no compile error.</summary>
public abstract class TrialCodeFix : DocumentCodeFix
{
    /// <inheritdoc/>
    protected sealed override async Task<IReadOnlyList<FixOffer>> OffersAsync(
        Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (TitleFor(diagnostic) is not { } title)
            return [];

        var editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        return TryEdit(editor, diagnostic, cancellation)
            && await TrialCompilation.CompilesAsWellAsync(document, editor.GetChangedDocument(), cancellation).ConfigureAwait(false)
            ? [new FixOffer(title, GetType().Name)]
            : [];
    }

    /// <inheritdoc/>
    protected sealed override Task EditAsync(DocumentEditor editor, Diagnostic diagnostic, string key, CancellationToken cancellation)
    {
        TryEdit(editor, diagnostic, cancellation);
        return Task.CompletedTask;
    }

    /// <summary>The line in the menu; null where the diagnostic is not for this fix.</summary>
    protected abstract string? TitleFor(Diagnostic diagnostic);

    /// <summary>Edits the document for one diagnostic.</summary>
    /// <returns>Whether that was possible; the document is of no use where it was not.</returns>
    protected abstract bool TryEdit(DocumentEditor editor, Diagnostic diagnostic, CancellationToken cancellation);
}
