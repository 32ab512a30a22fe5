namespace SlSam;

/// <summary>Adam and AdamW as data.</summary>
internal sealed record AdamRule : UpdateRule
{
    public AdamRule(double learningRate, double beta1, double beta2, double epsilon, double weightDecay, bool decoupled)
        : base(learningRate, weightDecay)
    {
        Beta1 = Require.BelowOne(beta1);
        Beta2 = Require.BelowOne(beta2);
        Epsilon = Require.NonNegative(epsilon);
        Decoupled = decoupled;
    }

    public double Beta1 { get; }

    public double Beta2 { get; }

    public double Epsilon { get; }

    /// <summary>Whether weight decay shrinks the weights directly (AdamW) rather than being added to the gradient (Adam).</summary>
    public bool Decoupled { get; }

    internal override Updater CreateUpdater(IReadOnlyList<TrainedParameter> parameters) => new AdamUpdater(this, parameters.Count);
}
