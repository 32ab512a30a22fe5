namespace SlSam.Analyzers.Diagnostics;

/// <summary>What an analyzer tells a fix, as keys of <c>Diagnostic.Properties</c>.</summary>
internal static class FixProperties
{
    /// <summary>The model declares stages.</summary>
    public const string Staged = "Staged";

    /// <summary>The member is set to another value after the model is constructed.</summary>
    public const string SetLater = "SetLater";

    /// <summary>The member is a plain collection; the value is the collection to use in its place.</summary>
    public const string Replacement = "Replacement";
}
