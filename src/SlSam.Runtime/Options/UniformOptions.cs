using System.ComponentModel.DataAnnotations;

namespace SlSam;

/// <summary>A random part of the layers in every step, each with the same probability: SL-SAM without its bandit.</summary>
public sealed record UniformOptions : SharpnessOptions
{
    private double _sparsity = 0.5;

    /// <summary>The expected share of active arms s, in (0, 1]; 0.5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Sparsity
    {
        get => _sparsity;
        init => _sparsity = Require.Fraction(value, nameof(Sparsity));
    }

    /// <summary>How active arms are drawn: <see cref="LayerSampling.Windowed"/> by default.</summary>
    public LayerSampling Sampling { get; init; } = LayerSampling.Windowed;

    /// <inheritdoc/>
    public override LayerSelector CreateSelector(IReadOnlyList<Arm> arms) =>
        new UniformSelector(arms.Count, Sparsity, Sampling, CreateDraws());
}
