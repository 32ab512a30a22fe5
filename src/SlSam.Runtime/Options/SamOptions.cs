namespace SlSam;

/// <summary>SAM, sharpness-aware minimization (Foret et al., ICLR 2021): every step perturbs and updates every layer.</summary>
public sealed record SamOptions : SharpnessOptions
{
    /// <inheritdoc/>
    public override LayerSelector CreateSelector(IReadOnlyList<Arm> arms) => new AllLayersSelector(sharpnessAware: true);
}
