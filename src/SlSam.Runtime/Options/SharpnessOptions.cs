using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace SlSam;

/// <summary>
/// A method of training, as data. The records that derive from it say which layers a step works on: <see cref="SlSamOptions"/>, <see cref="SamOptions"/>,
/// <see cref="LayerWiseSamOptions"/>, <see cref="RandomStepOptions"/>, <see cref="UniformOptions"/>, <see cref="PlainOptions"/>; derive one of your own to
/// train with a selector of your own. What all of them share says how these layers are perturbed and updated, and combines with every one.
/// </summary>
public abstract partial record SharpnessOptions
{
    private double _rho = 0.05;
    private double _perturbedWeight = 1;
    private int _ascentInterval = 1;
    private double _ascentFraction = 1;
    private SparseOptions _sparse = new();
    private PerturbationNorm _norm = PerturbationNorm.Active;
    private PerturbableTensors _perturbable = PerturbableTensors.All;
    private UnperturbedGradient _unperturbed = UnperturbedGradient.SecondPass;
    private ArmGranularity _granularity = ArmGranularity.Layer;

    /// <summary>
    /// The radius rho of the neighbourhood in which the loss is to be flat: the L2 norm of the perturbation over all that is perturbed.
    /// Finite and at least 0; 0.05 by default (the SL-SAM paper fine-tunes with 0.01). 0 is plain training, in a single pass.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0, double.MaxValue)]
    public double Rho
    {
        get => _rho;
        init => _rho = Require.NonNegative(value, nameof(Rho));
    }

    /// <summary>ASAM's neighbourhood, which scales with the weights; null, by default, for SAM's.</summary>
    public AdaptiveOptions? Adaptive { get; init; }

    /// <summary>SSAM's restriction of the perturbation to some entries; null, by default, for all.</summary>
    public ElementMaskOptions? ElementMask { get; init; }

    /// <summary>Over what the norm is taken that the perturbation is divided by; over what is perturbed by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public PerturbationNorm Norm
    {
        get => _norm;
        init => _norm = Require.Defined(value, nameof(Norm));
    }

    /// <summary>Which tensors of a perturbed layer are perturbed; all by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public PerturbableTensors Perturbable
    {
        get => _perturbable;
        init => _perturbable = Require.Defined(value, nameof(Perturbable));
    }

    /// <summary>
    /// The weight a of the second pass's gradient in what is applied, (1 - a) g1 + a g2, in [0, 1]. 1, by default, is SAM; lambda / rho is the penalty
    /// lambda on the gradient's norm (Zhao et al., ICML 2022); 0 is plain training, in a single pass.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0.0, 1.0)]
    public double PerturbedWeight
    {
        get => _perturbedWeight;
        init => _perturbedWeight = Require.Probability(value, nameof(PerturbedWeight));
    }

    /// <summary>
    /// What <see cref="PerturbedWeight"/> is for tensors that are updated but not perturbed: 1, by default, or the same. No difference where that is 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public UnperturbedGradient Unperturbed
    {
        get => _unperturbed;
        init => _unperturbed = Require.Defined(value, nameof(Unperturbed));
    }

    /// <summary>Every how many steps there is a second pass, at least 1, beginning with the first step; those between are plain. 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(1, int.MaxValue)]
    public int AscentInterval
    {
        get => _ascentInterval;
        init => _ascentInterval = Require.AtLeastOne(value, nameof(AscentInterval));
    }

    /// <summary>
    /// The share of the batch that the first of two passes works on, in (0, 1]; 1 by default. Less needs a <c>Step</c> that can cut the batch: that with a
    /// <see cref="BatchSlice"/>, or that of a staged model with a target; a method of a single pass needs neither.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double AscentFraction
    {
        get => _ascentFraction;
        init => _ascentFraction = Require.Fraction(value, nameof(AscentFraction));
    }

    /// <summary>
    /// Whether every step has a single pass: the selector chooses which layers the plain update rule is applied to. Not so by default. What the numbers say
    /// about a second pass has no effect then; <see cref="Adaptive"/> and <see cref="ElementMask"/> must be null.
    /// </summary>
    public bool SinglePass { get; init; }

    /// <summary>How the factors of the model's low-rank pairs are kept in balance; by default they are left to the update rule.</summary>
    public BalancednessOptions? Balancedness { get; init; }

    /// <summary>How layers marked <see cref="SparseDeltaAttribute">[SparseDelta]</see> are masked; of no effect on a model without any.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public SparseOptions Sparse
    {
        get => _sparse;
        init => _sparse = value ?? throw new ArgumentNullException(nameof(Sparse));
    }

    /// <summary>Autocast and loss scaling of the passes; null, by default, for neither: everything is computed in the weights' own type.</summary>
    public MixedPrecisionOptions? MixedPrecision { get; init; }

    /// <summary>What one arm is; a layer by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public ArmGranularity Granularity
    {
        get => _granularity;
        init => _granularity = Require.Defined(value, nameof(Granularity));
    }

    /// <summary>The seed of the selector's draws; 0 by default.</summary>
    public long Seed { get; init; }

    /// <summary>The source of the selector's draws; by default one that <see cref="Seed"/> starts.</summary>
    [JsonIgnore]
    public IUniformSource? Draws { get; init; }

    /// <summary>Whether a step may have a second pass. Without a radius it would see the same weights again, and without a weight its gradient is not applied.</summary>
    internal virtual bool MayAscend => !SinglePass && Rho > 0 && PerturbedWeight > 0;

    /// <summary>Makes the selector that decides which arms each step perturbs and updates.</summary>
    /// <param name="arms">The model's arms in the order of the model's layers; none where every layer is always active.</param>
    public abstract LayerSelector CreateSelector(IReadOnlyList<Arm> arms);

    /// <summary>The source of draws that a new selector uses: <see cref="Draws"/>, or a new one started by <see cref="Seed"/>.</summary>
    protected IUniformSource CreateDraws() => Draws ?? new SeededUniformSource(Seed);
}
