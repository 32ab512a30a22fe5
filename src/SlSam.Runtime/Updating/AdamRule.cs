namespace SlSam;

/// <summary>Adam and AdamW as data.</summary>
internal sealed record AdamRule : UpdateRule
{
    public AdamRule(double learningRate, double beta1, double beta2, double epsilon, double weightDecay, bool decoupled, bool? fused = null)
        : base(learningRate, weightDecay)
    {
        Beta1 = Require.BelowOne(beta1);
        Beta2 = Require.BelowOne(beta2);
        Epsilon = Require.NonNegative(epsilon);
        Decoupled = decoupled;
        Fused = fused;
    }

    public double Beta1 { get; }

    public double Beta2 { get; }

    public double Epsilon { get; }

    /// <summary>Whether weight decay shrinks the weights directly (AdamW) rather than being added to the gradient (Adam).</summary>
    public bool Decoupled { get; }

    /// <summary>Whether libtorch's fused operators are used; null: on a GPU, where libtorch has them.</summary>
    public bool? Fused { get; }

    internal override Updater CreateUpdater(IReadOnlyList<TrainedParameter> parameters)
    {
        var device = parameters[0].Parameter.device;
        var fused = Fused ?? (device.type == TorchSharp.DeviceType.CUDA && FusedAdam.RunsOn(device));
        return fused ? new FusedAdamUpdater(this, parameters.Count) : new AdamUpdater(this, parameters.Count);
    }
}
