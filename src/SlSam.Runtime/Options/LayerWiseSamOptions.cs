using System.ComponentModel.DataAnnotations;

namespace SlSam;

/// <summary>
/// Layer-wise SAM (arXiv 2503.14205): every layer is updated, and the few with the largest gradient norms are perturbed. On a staged model the first pass
/// computes gradients down to the first perturbed layer only, and the stages before it run once.
/// </summary>
/// <remarks>
/// The weight 0.8, the radius 0.1 and the choice of tensors are those of the generalized SAM that the paper's group released. How many layers are
/// perturbed and when they are chosen again is not known to us; these defaults are this library's.
/// </remarks>
public sealed record LayerWiseSamOptions : SharpnessOptions
{
    private double _ratio = 0.2;
    private int? _count;
    private int _interval = 100;

    /// <summary>The method with its defaults.</summary>
    public LayerWiseSamOptions()
    {
        Rho = 0.1;
        PerturbedWeight = 0.8;
        Perturbable = PerturbableTensors.Matrices;
    }

    /// <summary>The share of the arms that can be perturbed that is, in (0, 1], rounded up; 0.2 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Ratio
    {
        get => _ratio;
        init => _ratio = Require.Fraction(value, nameof(Ratio));
    }

    /// <summary>How many arms are perturbed, at least 1, in place of <see cref="Ratio"/>; null by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(1, int.MaxValue)]
    public int? Count
    {
        get => _count;
        init => _count = value is { } count ? Require.AtLeastOne(count, nameof(Count)) : null;
    }

    /// <summary>After how many steps the perturbed arms are chosen again, at least 1; 100 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(1, int.MaxValue)]
    public int Interval
    {
        get => _interval;
        init => _interval = Require.AtLeastOne(value, nameof(Interval));
    }

    /// <summary>
    /// Whether a step that chooses computes the gradients of all arms that can be perturbed in its first pass, as by default; otherwise it goes by the norms
    /// of the gradients that the steps before have applied, which cost nothing.
    /// </summary>
    public bool Explore { get; init; } = true;

    /// <inheritdoc/>
    public override LayerSelector CreateSelector(IReadOnlyList<Arm> arms)
    {
        int[] perturbable = [.. Enumerable.Range(0, arms.Count).Where(arm => arms[arm].Parameters.Any(parameter => Perturbable.Includes(parameter.dim())))];

        // The product may be a rounding error above the whole number that is meant.
        var count = Count ?? Math.Max(1, (int)Math.Ceiling(Ratio * perturbable.Length * (1 - 1e-12)));
        return new LayerWiseSelector(arms.Count, perturbable, count, Interval, Explore);
    }
}
