using System.ComponentModel.DataAnnotations;

namespace SlSam;

/// <summary>
/// A bound on the gradient that an update rule is applied to: <c>UpdateRule.AdamW(3e-4) with { Clipping = GradientClipping.ByNorm(1) }</c>.
/// </summary>
/// <remarks>
/// What is clipped is what is about to be applied: in a step of two passes the gradient at the perturbed weights, or the mix with that of the first pass. The
/// direction and the length of the perturbation are those of the gradient as it is, and so is what the bandit learns. Balancedness-aware regularization and
/// the scores of Layer-wise SAM without exploration go by the norms of what is applied. <see cref="StepReport.Clipped"/> says whether a step was clipped.
/// </remarks>
public abstract record GradientClipping
{
    private protected GradientClipping(double maximum) => Maximum = maximum;

    /// <summary>The largest norm or value; finite and greater than 0.</summary>
    public double Maximum { get; }

    /// <summary>
    /// Scales the gradient so that its L2 norm over all updated parameters is at most a maximum, as PyTorch's <c>clip_grad_norm_</c> does: by
    /// maximum / (norm + 1e-6) where that is less than 1. The norms are known already: a step that is not clipped costs no more.
    /// </summary>
    /// <param name="maximum">The largest norm, finite and greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is out of its range.</exception>
    public static GradientClipping ByNorm([Range(0.0, double.MaxValue, MinimumIsExclusive = true)] double maximum) =>
        new NormClipping(Require.Positive(maximum));

    /// <summary>Brings every number of the gradient into [-maximum, maximum], as PyTorch's <c>clip_grad_value_</c> does.</summary>
    /// <param name="maximum">The largest absolute value, finite and greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is out of its range.</exception>
    public static GradientClipping ByValue([Range(0.0, double.MaxValue, MinimumIsExclusive = true)] double maximum) =>
        new ValueClipping(Require.Positive(maximum));

    /// <summary>Clips finite gradients. Called under <c>no_grad</c>.</summary>
    /// <param name="updated">The parameters that are about to be updated.</param>
    /// <param name="norms">The norms of their gradients, <see cref="MultiTensorProgram.NoGradient"/> where there is none; brought to those of what is left.</param>
    /// <returns>Whether anything was clipped.</returns>
    internal abstract bool Apply(ParameterSet updated, Span<double> norms);
}
