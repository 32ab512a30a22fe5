using System.ComponentModel.DataAnnotations;

namespace SlSam;

/// <summary>How gradients change the weights: SGD, Adam or AdamW. A rule is data; each optimizer keeps the state that belongs to it.</summary>
public abstract record UpdateRule
{
    private readonly double _learningRate;
    private readonly double _weightDecay;
    private readonly double _loraPlusRatio = 1;
    private readonly DecayedTensors _decayedTensors = DecayedTensors.Matrices;

    private protected UpdateRule(double learningRate, double weightDecay)
    {
        _learningRate = Require.NonNegative(learningRate);
        _weightDecay = Require.NonNegative(weightDecay);
    }

    /// <summary>The learning rate of every layer's group at the start; finite and at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0, double.MaxValue)]
    public double LearningRate
    {
        get => _learningRate;
        init => _learningRate = Require.NonNegative(value, nameof(LearningRate));
    }

    /// <summary>The weight decay of every layer that has none of its own; finite and at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0, double.MaxValue)]
    public double WeightDecay
    {
        get => _weightDecay;
        init => _weightDecay = Require.NonNegative(value, nameof(WeightDecay));
    }

    /// <summary>
    /// Which tensors weight decay shrinks; those with more than one dimension by default, as is usual in fine-tuning. A layer whose group has a weight decay of
    /// its own decays whole: <c>optimizer.Group("head").WeightDecay = 0.1</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public DecayedTensors DecayedTensors
    {
        get => _decayedTensors;
        init => _decayedTensors = Require.Defined(value, nameof(DecayedTensors));
    }

    /// <summary>
    /// Whether weights in bfloat16 or float16 are updated on a float32 copy, of which they are the rounding; so by default. Without it a change below half of the
    /// distance between two numbers, 1/256 of a weight in bfloat16, is lost at every step. The copy is made when a weight is first active.
    /// </summary>
    public bool MasterWeights { get; init; } = true;

    /// <summary>
    /// LoRA+ (arXiv 2402.12354): the learning rate of the factor B of every low-rank pair as a multiple of its layer's, which A keeps; finite and at
    /// least 0; 1 by default, and about 16 in the paper: <c>UpdateRule.AdamW(1e-4) with { LoraPlusRatio = 16 }</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    [Range(0, double.MaxValue)]
    public double LoraPlusRatio
    {
        get => _loraPlusRatio;
        init => _loraPlusRatio = Require.NonNegative(value, nameof(LoraPlusRatio));
    }

    /// <summary>A bound on the gradient that is applied; null, by default, for none.</summary>
    public GradientClipping? Clipping { get; init; }

    /// <summary>AdamW: Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019).</summary>
    /// <param name="learningRate">The learning rate, finite and at least 0.</param>
    /// <param name="beta1">The decay of the first moment, in [0, 1).</param>
    /// <param name="beta2">The decay of the second moment, in [0, 1).</param>
    /// <param name="epsilon">Added to the denominator; finite and at least 0.</param>
    /// <param name="weightDecay">The decoupled weight decay, finite and at least 0.</param>
    /// <param name="fused">
    /// Whether libtorch's fused operator does the update, as in PyTorch: faster, with roundings of its own. By default it does on a GPU, if libtorch has it
    /// (2.0), and not on a CPU, where it is at hand from libtorch 2.4 and the weights are then not those of TorchSharp's optimizer bit for bit.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static UpdateRule AdamW(
        [Range(0, double.MaxValue)] double learningRate = 1e-3,
        [Range(0.0, 1.0, MaximumIsExclusive = true)] double beta1 = 0.9,
        [Range(0.0, 1.0, MaximumIsExclusive = true)] double beta2 = 0.999,
        [Range(0, double.MaxValue)] double epsilon = 1e-8,
        [Range(0, double.MaxValue)] double weightDecay = 0.01,
        bool? fused = null) =>
        new AdamRule(learningRate, beta1, beta2, epsilon, weightDecay, decoupled: true, fused);

    /// <summary>Adam (Kingma and Ba, ICLR 2015); weight decay is added to the gradient.</summary>
    /// <param name="learningRate">The learning rate, finite and at least 0.</param>
    /// <param name="beta1">The decay of the first moment, in [0, 1).</param>
    /// <param name="beta2">The decay of the second moment, in [0, 1).</param>
    /// <param name="epsilon">Added to the denominator; finite and at least 0.</param>
    /// <param name="weightDecay">The L2 penalty, finite and at least 0.</param>
    /// <param name="fused">
    /// Whether libtorch's fused operator does the update, as in PyTorch: faster, with roundings of its own. By default it does on a GPU, if libtorch has it
    /// (2.0), and not on a CPU, where it is at hand from libtorch 2.4 and the weights are then not those of TorchSharp's optimizer bit for bit.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static UpdateRule Adam(
        [Range(0, double.MaxValue)] double learningRate = 1e-3,
        [Range(0.0, 1.0, MaximumIsExclusive = true)] double beta1 = 0.9,
        [Range(0.0, 1.0, MaximumIsExclusive = true)] double beta2 = 0.999,
        [Range(0, double.MaxValue)] double epsilon = 1e-8,
        [Range(0, double.MaxValue)] double weightDecay = 0,
        bool? fused = null) =>
        new AdamRule(learningRate, beta1, beta2, epsilon, weightDecay, decoupled: false, fused);

    /// <summary>Stochastic gradient descent, with momentum as in PyTorch.</summary>
    /// <param name="learningRate">The learning rate, finite and at least 0.</param>
    /// <param name="momentum">The momentum, finite and at least 0.</param>
    /// <param name="dampening">The dampening of momentum, finite and at least 0.</param>
    /// <param name="weightDecay">The L2 penalty, finite and at least 0.</param>
    /// <param name="nesterov">Whether momentum is Nesterov's; needs a positive momentum and no dampening.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentException">Nesterov momentum without momentum, or with dampening.</exception>
    public static UpdateRule Sgd(
        [Range(0, double.MaxValue)] double learningRate,
        [Range(0, double.MaxValue)] double momentum = 0,
        [Range(0, double.MaxValue)] double dampening = 0,
        [Range(0, double.MaxValue)] double weightDecay = 0,
        bool nesterov = false) =>
        new SgdRule(learningRate, momentum, dampening, weightDecay, nesterov);

    /// <summary>Makes what applies the rule to one optimizer's parameters.</summary>
    internal abstract Updater CreateUpdater(IReadOnlyList<TrainedParameter> parameters);
}
