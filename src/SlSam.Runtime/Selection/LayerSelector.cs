namespace SlSam;

/// <summary>Decides which arms a step perturbs and updates, and learns from their gradient norms.</summary>
public abstract class LayerSelector
{
    /// <summary>Chooses the arms of the next step.</summary>
    /// <param name="active">One entry for each arm; every entry is set, and at least one to true.</param>
    /// <returns>
    /// Whether the step is sharpness-aware: a first pass to find the perturbation, a second at the perturbed weights.
    /// Otherwise the step has a single pass.
    /// </returns>
    public abstract bool Select(Span<bool> active);

    /// <summary>Tells the selector what the first pass of the step that it chose has measured. A refused step tells nothing.</summary>
    /// <param name="norms">The L2 norm of each arm's gradient; NaN for an arm that was not active or that got no gradient.</param>
    public virtual void Learn(ReadOnlySpan<double> norms)
    {
    }

    /// <summary>The probability with which the next step chooses an arm.</summary>
    /// <param name="arm">The arm's index.</param>
    public virtual double Probability(int arm) => 1;
}
