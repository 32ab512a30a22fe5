namespace SlSam;

/// <summary>
/// Decides which arms a step perturbs and updates, and learns from their gradient norms. What it remembers changes in <see cref="Select"/> and
/// <see cref="Learn"/> only: a step that throws, or meets a loss or gradient that is not finite, keeps its choice for the next one, so a run goes on as
/// if it had not been tried. After a step whose loss did not depend on the chosen arms there is a new choice.
/// </summary>
public abstract class LayerSelector
{
    /// <summary>Chooses what the next step does with each arm.</summary>
    /// <param name="roles">One entry for each arm, all <see cref="ArmRole.Inactive"/>; at least one must be another, unless layers are always active.</param>
    /// <returns>
    /// Whether the step is sharpness-aware: a first pass to find the perturbation of the perturbed arms, a second at the perturbed weights for all arms
    /// that are updated. Otherwise the step has a single pass.
    /// </returns>
    public abstract bool Select(Span<ArmRole> roles);

    /// <summary>Takes arms out of the perturbation of a sharpness-aware step, once the first pass has measured all that were chosen for it.</summary>
    /// <param name="norms">The L2 norm of each arm's gradient; NaN for an arm for which the first pass computed none.</param>
    /// <param name="roles">The choice; <see cref="ArmRole.Perturbed"/> may become <see cref="ArmRole.Updated"/>.</param>
    public virtual void Narrow(ReadOnlySpan<double> norms, Span<ArmRole> roles)
    {
    }

    /// <summary>Tells the selector what the step that it chose has measured. A refused step tells nothing.</summary>
    /// <param name="norms">The L2 norm of each arm's gradient in the first pass; NaN for an arm for which it computed none.</param>
    /// <param name="applied">The L2 norm of the gradient that each arm was updated with; NaN for an arm that was not.</param>
    public virtual void Learn(ReadOnlySpan<double> norms, ReadOnlySpan<double> applied)
    {
    }

    /// <summary>The probability with which the next step chooses an arm.</summary>
    /// <param name="arm">The arm's index.</param>
    public virtual double Probability(int arm) => 1;

    /// <summary>How many draws have chosen an arm that they did not hit, for want of another; see <see cref="SelectionStatistics.Gaps"/>.</summary>
    public virtual long Gaps => 0;

    /// <summary>
    /// Describes what the selector remembers, so that a <see cref="TrainingCheckpoint"/> saves it: everything that <see cref="Select"/> and <see cref="Learn"/>
    /// change. A selector that remembers nothing does nothing here.
    /// </summary>
    /// <param name="state">Takes the description.</param>
    /// <exception cref="NotSupportedException">The selector does not say what it remembers; one of your own does so by overriding this.</exception>
    public virtual void DescribeState(StateDescription state) => throw new NotSupportedException(
        $"{GetType().Name} does not say what it remembers, so that a training checkpoint would lose it: override {nameof(DescribeState)}.");
}
