namespace SlSam;

/// <summary>SL-SAM's selector (arXiv 2602.09395): a bandit that learns each arm's probability, and a sampler that draws the active arms from them.</summary>
public sealed class SlSamSelector : LayerSelector
{
    private readonly LayerBandit _bandit;
    private readonly LayerSampler _sampler;

    /// <summary>Builds the selector.</summary>
    /// <param name="bandit">Learns the probabilities.</param>
    /// <param name="sampling">How active arms are drawn.</param>
    /// <param name="draws">The source of uniform draws.</param>
    public SlSamSelector(LayerBandit bandit, LayerSampling sampling, IUniformSource draws)
    {
        ArgumentNullException.ThrowIfNull(bandit);
        ArgumentNullException.ThrowIfNull(draws);
        _bandit = bandit;
        _sampler = LayerSampler.Create(sampling, draws);
    }

    /// <inheritdoc/>
    public override bool Select(Span<ArmRole> roles)
    {
        _sampler.Sample(_bandit.Probabilities, roles);
        return true;
    }

    /// <inheritdoc/>
    public override void Learn(ReadOnlySpan<double> norms, ReadOnlySpan<double> applied) => _bandit.Learn(norms);

    /// <inheritdoc/>
    public override double Probability(int arm) => _bandit.Probabilities[arm];

    /// <inheritdoc/>
    public override long Gaps => _sampler.Gaps;

    /// <inheritdoc/>
    public override void DescribeState(StateDescription state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Part("bandit", _bandit.DescribeState);
        _sampler.DescribeState(state);
    }
}
