using System.ComponentModel.DataAnnotations;

namespace SlSam;

/// <summary>
/// Salience-masked sparse fine-tuning (SPEFT, arXiv 2412.13488): in layers marked <see cref="SparseDeltaAttribute">[SparseDelta]</see> only the entries
/// with the highest salience are perturbed and updated. All other layers are trained as without it, so that a new classification head, for one, is
/// trained whole beside the masks.
/// </summary>
/// <remarks>
/// <see cref="SharpnessAwareOptimizer.Score"/> makes the masks. <see cref="SalienceMetric.Random"/> and <see cref="SalienceMetric.Magnitude"/> need no
/// data: with them the optimizer makes the masks when it is built.
/// </remarks>
public sealed record SparseOptions
{
    /// <summary>The interval of the released code at which dynamic masks are re-scored, in steps.</summary>
    public const int ReleasedInterval = 128;

    /// <summary>The paper's interval at which dynamic masks are re-scored, in steps.</summary>
    public const int PaperInterval = 1000;

    private SalienceMetric _metric = SalienceMetric.Gradient;
    private SparseScope _scope = SparseScope.Global;
    private SparseRemainder _remainder = SparseRemainder.Frozen;
    private GraspSign _graspSign = GraspSign.Paper;
    private HessianProduct _hessianProduct = HessianProduct.DoubleBackward;
    private double _density = 0.0035;
    private long? _count;
    private int? _rescoreEvery;
    private long _examples = 1024;

    /// <summary>The salience; <see cref="SalienceMetric.Gradient"/> by default, the paper's best.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public SalienceMetric Metric
    {
        get => _metric;
        init => _metric = Require.Defined(value, nameof(Metric));
    }

    /// <summary>
    /// The share of entries that are trained, in (0, 1], rounded down to whole entries but to no fewer than 1 of each <see cref="Scope"/>; 0.0035 by
    /// default, the paper's for OPT-350m. <see cref="Count"/> takes precedence.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Density
    {
        get => _density;
        init => _density = Require.Fraction(value, nameof(Density));
    }

    /// <summary>
    /// The number of entries that are trained in the whole model, at least 1; null, the default, where <see cref="Density"/> counts. Scopes smaller than
    /// <see cref="SparseScope.Global"/> get equal parts of it, no more than they have and no fewer than 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(1.0, long.MaxValue)]
    public long? Count
    {
        get => _count;
        init
        {
            if (value is { } count)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(Count));
            }

            _count = value;
        }
    }

    /// <summary>Among which entries the highest salience is sought; <see cref="SparseScope.Global"/> by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public SparseScope Scope
    {
        get => _scope;
        init => _scope = Require.Defined(value, nameof(Scope));
    }

    /// <summary>What becomes of biases and norms in a masked layer; <see cref="SparseRemainder.Frozen"/> by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public SparseRemainder Remainder
    {
        get => _remainder;
        init => _remainder = Require.Defined(value, nameof(Remainder));
    }

    /// <summary>
    /// After how many steps the masks are made anew, at least 1: <see cref="ReleasedInterval"/> in the released code, <see cref="PaperInterval"/> in the paper.
    /// Null, the default, for static masks, which did better in the paper. What the old masks trained stays in the weights; the update rule forgets its state.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(1, int.MaxValue)]
    public int? RescoreEvery
    {
        get => _rescoreEvery;
        init
        {
            if (value is { } interval)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(interval, 1, nameof(RescoreEvery));
            }

            _rescoreEvery = value;
        }
    }

    /// <summary>How many examples are scored at most, rounded up to whole batches; at least 1, 1024 by default as in the paper.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(1.0, long.MaxValue)]
    public long Examples
    {
        get => _examples;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Examples));
            _examples = value;
        }
    }

    /// <summary>The sign of <see cref="SalienceMetric.Grasp"/>; the paper's by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public GraspSign GraspSign
    {
        get => _graspSign;
        init => _graspSign = Require.Defined(value, nameof(GraspSign));
    }

    /// <summary>How <see cref="SalienceMetric.Grasp"/> finds H g; by double backward by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public HessianProduct HessianProduct
    {
        get => _hessianProduct;
        init => _hessianProduct = Require.Defined(value, nameof(HessianProduct));
    }

    /// <summary>The seed of <see cref="SalienceMetric.Random"/>; 0 by default. Each re-scoring draws anew.</summary>
    public long Seed { get; init; }

    /// <summary>Whether the metric is computed from data.</summary>
    internal bool NeedsBatches => Metric is not (SalienceMetric.Random or SalienceMetric.Magnitude);
}
