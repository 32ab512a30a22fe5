using System.ComponentModel.DataAnnotations;

namespace SlSam;

/// <summary>
/// BAR, balancedness-aware regularization (arXiv 2410.14802): scales the factors of every pair that a step updates, before the update and in the manner of
/// decoupled weight decay. One step leaves the product of two factors as it is but for 1 - a^2. It costs next to nothing, where SAM costs a second pass.
/// </summary>
public sealed record BarOptions : BalancednessOptions
{
    private BarRule _rule = BarRule.Nbar;
    private double _alpha = 0.5;
    private long _totalSteps;
    private AlphaDecay _decay = AlphaDecay.Constant;

    /// <summary>What a step does to the factors; nBAR by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public BarRule Rule
    {
        get => _rule;
        init => _rule = Require.Defined(value, nameof(Rule));
    }

    /// <summary>The strength alpha at the start, finite and at least 0; 0.5 by default (the paper tunes it between 0.2 and 2).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0, double.MaxValue)]
    public double Alpha
    {
        get => _alpha;
        init => _alpha = Require.NonNegative(value, nameof(Alpha));
    }

    /// <summary>How the strength falls over <see cref="TotalSteps"/>; by default it does not (the paper lets it fall linearly or as a cosine).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public AlphaDecay Decay
    {
        get => _decay;
        init => _decay = Require.Defined(value, nameof(Decay));
    }

    /// <summary>
    /// The number of steps T after which a falling strength is 0; at least 1 where <see cref="Decay"/> is not constant, else without effect.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    [Range(0.0, long.MaxValue)]
    public long TotalSteps
    {
        get => _totalSteps;
        init => _totalSteps = Require.NonNegative(value, nameof(TotalSteps));
    }

    /// <summary>The strength alpha_t.</summary>
    /// <param name="step">The number of steps before, at least 0.</param>
    public double AlphaAt(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        var done = Decay == AlphaDecay.Constant ? 0 : step >= TotalSteps ? 1 : (double)step / TotalSteps;
        return Decay == AlphaDecay.Cosine ? Alpha * (1 + Math.Cos(Math.PI * done)) / 2 : Alpha * (1 - done);
    }

    /// <inheritdoc/>
    internal override PairRegularizer CreateRegularizer() => new BarRegularizer(this);
}
