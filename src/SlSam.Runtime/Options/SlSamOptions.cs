using System.ComponentModel.DataAnnotations;

namespace SlSam;

/// <summary>
/// SL-SAM, sparse layer-wise sharpness-aware minimization (arXiv 2602.09395): a bandit chooses the layers that a step perturbs and updates.
/// </summary>
public sealed record SlSamOptions : SharpnessOptions
{
    private double _sparsity = 0.5;
    private double _banditLearningRate = 0.001;
    private LayerSampling _sampling = LayerSampling.Windowed;

    /// <summary>The expected share of active arms s, in (0, 1]; 0.5 by default as in the released code (its experiments fine-tune with 0.2).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Sparsity
    {
        get => _sparsity;
        init => _sparsity = Require.Fraction(value, nameof(Sparsity));
    }

    /// <summary>The bandit's learning rate alpha, finite and at least 0; 0.001 by default as in the released code.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0, double.MaxValue)]
    public double BanditLearningRate
    {
        get => _banditLearningRate;
        init => _banditLearningRate = Require.NonNegative(value, nameof(BanditLearningRate));
    }

    /// <summary>How active arms are drawn: <see cref="LayerSampling.Windowed"/> by default; the paper's is <see cref="LayerSampling.Independent"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public LayerSampling Sampling
    {
        get => _sampling;
        init => _sampling = Require.Defined(value, nameof(Sampling));
    }

    /// <inheritdoc/>
    public override LayerSelector CreateSelector(IReadOnlyList<Arm> arms) =>
        new SlSamSelector(new LayerBandit(arms.Count, Sparsity, BanditLearningRate), Sampling, CreateDraws());
}
