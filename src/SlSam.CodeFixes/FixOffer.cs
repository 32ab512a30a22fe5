namespace SlSam.CodeFixes;

/// <summary>
/// A fix that can be applied: the line in the menu, and the key that says which diagnostics can be fixed with it in one go.
/// </summary>
/// <param name="title">The line in the menu.</param>
/// <param name="equivalenceKey">The key.</param>
public readonly struct FixOffer(string title, string equivalenceKey)
{
    /// <summary>The line in the menu.</summary>
    public string Title { get; } = title;

    /// <summary>The key.</summary>
    public string EquivalenceKey { get; } = equivalenceKey;

    /// <summary>Takes the offer apart.</summary>
    /// <param name="title">The line in the menu.</param>
    /// <param name="equivalenceKey">The key.</param>
    public void Deconstruct(out string title, out string equivalenceKey) => (title, equivalenceKey) = (Title, EquivalenceKey);
}
