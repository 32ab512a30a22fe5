namespace SlSam;

/// <summary>Over what the norm is taken that a perturbation is divided by.</summary>
public enum PerturbationNorm
{
    /// <summary>What the step perturbs, so that the perturbation's own length is rho, as in the papers.</summary>
    Active,

    /// <summary>
    /// All arms, so that a step that perturbs a part of the model moves it as far as SAM would: an arm for which the first pass computes no gradient counts
    /// with the last norm that is known of it, and not at all before there is one.
    /// </summary>
    All,
}
