namespace SlSam;

/// <summary>Chooses every arm with the same probability in every step, whatever its gradients: what a bandit is to be compared with.</summary>
public sealed class UniformSelector : LayerSelector
{
    private readonly double[] _probabilities;
    private readonly LayerSampler _sampler;

    /// <summary>Builds the selector.</summary>
    /// <param name="arms">The number of arms, at least 0.</param>
    /// <param name="probability">The probability of each, in (0, 1].</param>
    /// <param name="sampling">How active arms are drawn.</param>
    /// <param name="draws">The source of uniform draws.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public UniformSelector(int arms, double probability, LayerSampling sampling, IUniformSource draws)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(arms);
        ArgumentNullException.ThrowIfNull(draws);
        _probabilities = new double[arms];
        Array.Fill(_probabilities, Require.Fraction(probability));
        _sampler = LayerSampler.Create(sampling, draws);
    }

    /// <inheritdoc/>
    public override bool Select(Span<ArmRole> roles)
    {
        _sampler.Sample(_probabilities, roles);
        return true;
    }

    /// <inheritdoc/>
    public override double Probability(int arm) => _probabilities[arm];

    /// <inheritdoc/>
    public override long Gaps => _sampler.Gaps;

    /// <inheritdoc/>
    public override void DescribeState(StateDescription state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _sampler.DescribeState(state);
    }
}
