using System.ComponentModel.DataAnnotations;

namespace SlSam;

/// <summary>
/// Dynamic loss scaling (Micikevicius et al., ICLR 2018), with the rule and the defaults of PyTorch's GradScaler. The losses of both passes are multiplied by
/// the scale, and their gradients divided by it before anything reads them. A step in which either is not finite is refused as a whole and makes the scale
/// smaller; many steps in a row that are not make it larger.
/// </summary>
public sealed record LossScalingOptions
{
    private const double SmallestScale = 1.0 / (1L << 62) / (1L << 62) / 4;

    private double _initialScale = 65536;
    private double _growthFactor = 2;
    private double _backoffFactor = 0.5;
    private int _growthInterval = 2000;

    /// <summary>The scale at first, a normal number of float32, above 0; 65536 by default. Powers of two scale without rounding.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(SmallestScale, float.MaxValue)]
    public double InitialScale
    {
        get => _initialScale;
        init => _initialScale = value is >= SmallestScale and <= float.MaxValue
            ? value
            : throw new ArgumentOutOfRangeException(nameof(InitialScale), value, $"InitialScale is {value}, but must be a normal number of float32, above 0.");
    }

    /// <summary>What the scale is multiplied by after <see cref="GrowthInterval"/> steps without a refusal; finite and at least 1; 2 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(1, double.MaxValue)]
    public double GrowthFactor
    {
        get => _growthFactor;
        init => _growthFactor = Require.AtLeastOne(value, nameof(GrowthFactor));
    }

    /// <summary>What the scale is multiplied by after a refused step, in (0, 1]; 0.5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double BackoffFactor
    {
        get => _backoffFactor;
        init => _backoffFactor = Require.Fraction(value, nameof(BackoffFactor));
    }

    /// <summary>How many steps in a row must be finite for the scale to grow, at least 1; 2000 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(1, int.MaxValue)]
    public int GrowthInterval
    {
        get => _growthInterval;
        init => _growthInterval = Require.AtLeastOne(value, nameof(GrowthInterval));
    }
}
