using Microsoft.CodeAnalysis;

namespace SlSam.CodeFixes;

/// <summary>Tries an edit before it is offered.</summary>
internal static class TrialCompilation
{
    /// <summary>Whether the edited document has no compile error that it did not have before.</summary>
    public static async Task<bool> CompilesAsWellAsync(Document before, Document after, CancellationToken cancellation) =>
        await CountErrorsAsync(after, cancellation).ConfigureAwait(false)
            <= await CountErrorsAsync(before, cancellation).ConfigureAwait(false);

    private static async Task<int> CountErrorsAsync(Document document, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return model?.GetDiagnostics(cancellationToken: cancellation)
            .Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ?? 0;
    }
}
