using System.ComponentModel.DataAnnotations;

namespace SlSam;

/// <summary>The shape of low-rank adapters (LoRA, Hu et al., ICLR 2022). The defaults are those of Hugging Face PEFT.</summary>
public sealed record LoraOptions
{
    private int _rank = 8;
    private double _alpha = 8;
    private double _dropout;

    /// <summary>The rank r of the product B A, at least 1; 8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(1, int.MaxValue)]
    public int Rank
    {
        get => _rank;
        init => _rank = Require.AtLeastOne(value, nameof(Rank));
    }

    /// <summary>The numerator of <see cref="Scale"/>, finite and greater than 0; 8 by default. Tuned by hand it is often 2 r.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double Alpha
    {
        get => _alpha;
        init => _alpha = Require.Positive(value, nameof(Alpha));
    }

    /// <summary>
    /// The share of the adapter's inputs that are set to zero in training, in [0, 1); 0 by default. An embedding's adapter has no dropout, as in PEFT.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Dropout
    {
        get => _dropout;
        init => _dropout = Require.BelowOne(value, nameof(Dropout));
    }

    /// <summary>
    /// Whether the scale is alpha / sqrt(r), which stays useful at high ranks (rsLoRA, arXiv 2312.03732), rather than alpha / r; false by default.
    /// </summary>
    public bool RankStabilized { get; init; }

    /// <summary>The factor of the product: W = W0 + scale * B A.</summary>
    public double Scale => RankStabilized ? Alpha / Math.Sqrt(Rank) : Alpha / Rank;
}
