namespace SlSam;

/// <summary>
/// Mixed precision, as PyTorch's autocast and GradScaler, for steps of two passes: the forward part of both passes, and the stages before the first active
/// one, are computed in a narrower type; the weights stay in theirs, and so do gradients, norms, perturbation and update.
/// </summary>
public sealed record MixedPrecisionOptions
{
    private AutocastType _type = AutocastType.BFloat16;

    /// <summary>What forward passes compute in; bfloat16 by default. <see cref="AutocastType.Off"/> is for a model whose weights are in half precision.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public AutocastType Type
    {
        get => _type;
        init => _type = Require.Defined(value, nameof(Type));
    }

    /// <summary>
    /// How the loss is scaled so that small gradients do not vanish in float16. Null, by default, is scaling with its defaults where <see cref="Type"/> is
    /// <see cref="AutocastType.Float16"/>, and none otherwise.
    /// </summary>
    public LossScalingOptions? LossScaling { get; init; }

    /// <summary>How the loss is scaled; null where it is not.</summary>
    internal LossScalingOptions? Scaling => LossScaling ?? (Type == AutocastType.Float16 ? new LossScalingOptions() : null);
}
