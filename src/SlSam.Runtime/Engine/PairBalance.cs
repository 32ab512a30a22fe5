namespace SlSam;

/// <summary>The low-rank pairs that an optimizer trains: sets the learning rate of B, and hands a regularizer those pairs that a step updates.</summary>
internal sealed class PairBalance : IDisposable
{
    private readonly TrainedPair[] _updated;
    private readonly PairRegularizer? _regularizer;

    public PairBalance(IReadOnlyList<LoraPair> pairs, ArmTable table, BalancednessOptions? options, double loraPlusRatio)
    {
        var trained = table.All.ToDictionary<TrainedParameter, object>(each => each.Parameter, ReferenceEqualityComparer.Instance);
        Pairs =
        [
            .. from pair in pairs
               where pair.Factors.All(trained.ContainsKey)
               select new TrainedPair(pair, [.. pair.Factors.Select(factor => trained[factor])]),
        ];

        // B has it also where A is frozen and there is no pair to balance.
        foreach (var pair in pairs)
        {
            if (trained.TryGetValue(pair.B, out var b))
            {
                b.LearningRateRatio = loraPlusRatio;
            }
        }

        _updated = new TrainedPair[Pairs.Length];
        _regularizer = options?.CreateRegularizer();
    }

    /// <summary>The pairs of which all factors are trained.</summary>
    public TrainedPair[] Pairs { get; }

    /// <summary>Balances pairs whose factors all have a gradient. Called under <c>no_grad</c>.</summary>
    public void Apply()
    {
        if (_regularizer is null)
        {
            return;
        }

        var count = 0;
        foreach (var pair in Pairs)
        {
            if (!Array.Exists(pair.Factors, static factor => double.IsNaN(factor.GradientNorm)))
            {
                _updated[count++] = pair;
            }
        }

        _regularizer.Apply(_updated.AsSpan(0, count));
    }

    /// <summary>Describes what the regularizer remembers.</summary>
    public void DescribeState(StateDescription state) => _regularizer?.DescribeState(state);

    public void Dispose() => _regularizer?.Dispose();
}
