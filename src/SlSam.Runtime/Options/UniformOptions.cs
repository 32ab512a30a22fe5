using System.ComponentModel.DataAnnotations;

namespace SlSam;

/// <summary>A random part of the layers in every step, each with the same probability: SL-SAM without its bandit.</summary>
public sealed record UniformOptions : SharpnessOptions
{
    private double _sparsity = 0.5;
    private LayerSampling _sampling = LayerSampling.Windowed;

    /// <summary>The expected share of active arms s, in (0, 1]; 0.5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Sparsity
    {
        get => _sparsity;
        init => _sparsity = Require.Fraction(value, nameof(Sparsity));
    }

    /// <summary>How active arms are drawn: <see cref="LayerSampling.Windowed"/> by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public LayerSampling Sampling
    {
        get => _sampling;
        init => _sampling = Require.Defined(value, nameof(Sampling));
    }

    /// <inheritdoc/>
    public override LayerSelector CreateSelector(IReadOnlyList<Arm> arms) =>
        new UniformSelector(arms.Count, Sparsity, Sampling, CreateDraws());
}
