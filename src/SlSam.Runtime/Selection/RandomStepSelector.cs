namespace SlSam;

/// <summary>
/// RST, randomized sharpness-aware training: each step is a full SAM step with a given probability and a plain one otherwise, one draw a step.
/// </summary>
/// <param name="probability">The probability of a SAM step, in [0, 1].</param>
/// <param name="draws">The source of uniform draws.</param>
public sealed class RandomStepSelector(double probability, IUniformSource draws) : LayerSelector
{
    /// <inheritdoc/>
    public override bool Select(Span<ArmRole> roles)
    {
        roles.Fill(ArmRole.Perturbed);
        return draws.Next() < probability;
    }
}
