namespace SlSam;

/// <summary>Balances the factors of low-rank pairs as a step goes along. It keeps what it counts itself; a refused step does not call it.</summary>
internal abstract class PairRegularizer : IDisposable
{
    /// <summary>
    /// Changes the pairs' factors, after the last gradients are known and before the update rule is applied. Called under <c>no_grad</c>, once a step.
    /// </summary>
    /// <param name="pairs">The pairs of which the step updates every factor; a factor's gradient norm and its group's learning rate are the step's.</param>
    public abstract void Apply(ReadOnlySpan<TrainedPair> pairs);

    /// <summary>Describes what the regularizer remembers.</summary>
    public abstract void DescribeState(StateDescription state);

    public virtual void Dispose()
    {
    }
}
