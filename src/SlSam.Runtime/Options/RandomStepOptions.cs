using System.ComponentModel.DataAnnotations;

namespace SlSam;

/// <summary>RST, randomized sharpness-aware training: a step is a full SAM step with some probability, and a plain step otherwise.</summary>
public sealed record RandomStepOptions : SharpnessOptions
{
    private double _probability = 0.5;

    /// <summary>The probability of a SAM step, in [0, 1]; 0.5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0.0, 1.0)]
    public double Probability
    {
        get => _probability;
        init => _probability = Require.Probability(value, nameof(Probability));
    }

    /// <inheritdoc/>
    internal override bool MayAscend => Probability > 0 && base.MayAscend;

    /// <inheritdoc/>
    public override LayerSelector CreateSelector(IReadOnlyList<Arm> arms) => new RandomStepSelector(Probability, CreateDraws());
}
