namespace SlSam;

/// <summary>Draws active arms from their probabilities.</summary>
internal abstract class LayerSampler(IUniformSource draws)
{
    private bool[] _active = [];

    public static LayerSampler Create(LayerSampling sampling, IUniformSource draws) => sampling switch
    {
        LayerSampling.Windowed => new WindowedSampler(draws),
        LayerSampling.Independent => new IndependentSampler(draws),
        LayerSampling.FixedCount => new FixedCountSampler(draws),
        _ => throw new ArgumentOutOfRangeException(nameof(sampling), sampling, "Valid values are Windowed, Independent and FixedCount."),
    };

    /// <summary>How many draws have hit no arm, so that the nearest was taken.</summary>
    public virtual long Gaps => 0;

    /// <summary>Where draws come from.</summary>
    protected IUniformSource Draws { get; } = draws;

    /// <summary>Describes what the sampler remembers.</summary>
    public virtual void DescribeState(StateDescription state) => state.Draws("draws", Draws);

    /// <summary>Draws the active arms, at least one.</summary>
    /// <param name="probabilities">Each arm's probability of being active.</param>
    /// <param name="active">Set to whether each arm is.</param>
    public abstract void Sample(ReadOnlySpan<double> probabilities, Span<bool> active);

    /// <summary>Draws the active arms of a step, which are perturbed and updated; where there are no arms, there is nothing to draw.</summary>
    public void Sample(ReadOnlySpan<double> probabilities, Span<ArmRole> roles)
    {
        if (roles.IsEmpty)
        {
            return;
        }

        var active = _active.Length == roles.Length ? _active : _active = new bool[roles.Length];
        Sample(probabilities, active);
        for (var arm = 0; arm < roles.Length; arm++)
        {
            roles[arm] = active[arm] ? ArmRole.Perturbed : ArmRole.Inactive;
        }
    }
}
