using System.ComponentModel.DataAnnotations;

namespace SlSam;

/// <summary>
/// ASAM, adaptive sharpness-aware minimization (Kwon et al., ICML 2021): the neighbourhood scales with the weights, w + rho T^2 g / ||T g|| with
/// T = |w| + eta. It needs a larger radius than SAM; the paper's is 0.5 to 2.
/// </summary>
public sealed record AdaptiveOptions
{
    private double _eta = 0.01;

    /// <summary>What is added to |w|, so that weights of 0 move too; finite and at least 0; 0.01 by default as in the paper.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0, double.MaxValue)]
    public double Eta
    {
        get => _eta;
        init => _eta = Require.NonNegative(value, nameof(Eta));
    }

    /// <summary>Whether biases are scaled too; they are not by default, as in the released code: T is 1 for them.</summary>
    public bool IncludeBiases { get; init; }
}
