using System.ComponentModel.DataAnnotations;

namespace SlSam;

/// <summary>
/// SSAM, sparse sharpness-aware minimization (Mi et al., NeurIPS 2022), in its Fisher form: only the entries with the largest Fisher information are
/// perturbed; the radius is divided by the norm over all entries.
/// </summary>
/// <remarks>
/// An approximation of the paper's: it sums the squared gradients of single examples over a sample of the data, here the squared gradient of one step's
/// batch stands for that sum. The entries are chosen among all tensors whose masks are found in the same step.
/// </remarks>
public sealed record ElementMaskOptions
{
    private double _density = 0.5;
    private int _interval = 100;

    /// <summary>The share of entries that are perturbed, in (0, 1]; 0.5 by default, the least sparse of the paper's settings.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Density
    {
        get => _density;
        init => _density = Require.Fraction(value, nameof(Density));
    }

    /// <summary>After how many perturbations of a tensor its mask is found again, at least 1; 100 by default, a choice of this library's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(1, int.MaxValue)]
    public int Interval
    {
        get => _interval;
        init => _interval = Require.AtLeastOne(value, nameof(Interval));
    }
}
