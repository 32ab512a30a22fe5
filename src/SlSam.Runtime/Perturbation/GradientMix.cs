namespace SlSam;

/// <summary>
/// The gradient that a step of two passes applies: (1 - a) g1 + a g2, of the gradients g1 at the weights and g2 at the perturbed weights. a = 1 is SAM's
/// own; a = lambda / r is the penalty on the gradient's norm (Zhao et al., ICML 2022).
/// </summary>
/// <remarks>
/// g1 stays where autograd left it, scaled by (1 - a) / a; the second backward pass adds g2 to it, and the sum times a is the mix: no copy is made.
/// </remarks>
internal sealed class GradientMix(SharpnessOptions options)
{
    /// <summary>Whether gradients are mixed at all.</summary>
    public bool IsOn => options.PerturbedWeight < 1;

    /// <summary>Whether all updated parameters get the mix, so that the first pass must compute the gradients of all.</summary>
    public bool IncludesOthers => options.Unperturbed == UnperturbedGradient.Mixed && IsOn;

    /// <summary>Keeps of the first pass's gradients what the mix needs, and drops the rest. Called under <c>no_grad</c>.</summary>
    /// <param name="active">The step's parameters.</param>
    /// <param name="lossScale">What the second pass's gradients, which are added, come multiplied by.</param>
    public void AfterFirstPass(ActiveSet active, double lossScale)
    {
        var weight = options.PerturbedWeight;
        active.Unmixed.DropGradients();
        if (IsOn)
        {
            MultiTensorProgram.ScaleGradients(active.Mixed.Values, (1 - weight) / weight * lossScale);
        }
    }

    /// <summary>Completes the mix. Called under <c>no_grad</c>.</summary>
    /// <param name="active">The step's parameters.</param>
    /// <param name="norms">The norms of the updated parameters' gradients after the second pass; brought to those of the mix.</param>
    public void AfterSecondPass(ActiveSet active, Span<double> norms)
    {
        if (!IsOn)
        {
            return;
        }

        var weight = options.PerturbedWeight;
        var mixed = active.Mixed.Trained;
        MultiTensorProgram.ScaleGradients(active.Mixed.Values, weight);
        for (int index = 0, next = 0; next < mixed.Length; index++)
        {
            if (active.Updated.Trained[index] == mixed[next])
            {
                norms[index] = norms[index] == MultiTensorProgram.NoGradient ? norms[index] : weight * norms[index];
                next++;
            }
        }
    }
}
