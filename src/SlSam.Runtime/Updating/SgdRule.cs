namespace SlSam;

/// <summary>SGD as data.</summary>
internal sealed record SgdRule : UpdateRule
{
    public SgdRule(double learningRate, double momentum, double dampening, double weightDecay, bool nesterov)
        : base(learningRate, weightDecay)
    {
        Momentum = Require.NonNegative(momentum);
        Dampening = Require.NonNegative(dampening);
        Nesterov = nesterov;
        if (nesterov && (momentum == 0 || dampening != 0))
        {
            throw new ArgumentException("Nesterov momentum needs a positive momentum and a dampening of 0.", nameof(nesterov));
        }
    }

    public double Momentum { get; }

    public double Dampening { get; }

    public bool Nesterov { get; }

    internal override Updater CreateUpdater(IReadOnlyList<TrainedParameter> parameters) => new SgdUpdater(this, parameters.Count);
}
