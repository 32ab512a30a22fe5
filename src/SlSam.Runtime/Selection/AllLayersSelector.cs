namespace SlSam;

/// <summary>Chooses every arm in every step: SAM (Foret et al., ICLR 2021) with two passes, the plain update rule with one.</summary>
/// <param name="sharpnessAware">Whether a step has two passes.</param>
public sealed class AllLayersSelector(bool sharpnessAware) : LayerSelector
{
    /// <inheritdoc/>
    public override bool Select(Span<ArmRole> roles)
    {
        roles.Fill(ArmRole.Perturbed);
        return sharpnessAware;
    }

    /// <inheritdoc/>
    public override void DescribeState(StateDescription state)
    {
    }
}
