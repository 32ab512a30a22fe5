namespace SlSam;

/// <summary>No sharpness: one pass a step, and the update rule on every layer. The baseline for the other methods.</summary>
public sealed record PlainOptions : SharpnessOptions
{
    /// <inheritdoc/>
    internal override bool MayAscend => false;

    /// <inheritdoc/>
    public override LayerSelector CreateSelector(IReadOnlyList<Arm> arms) => new AllLayersSelector(sharpnessAware: false);
}
