namespace SlSam;

/// <summary>Hands a pair regularizer those pairs of which a step updates both factors.</summary>
internal sealed class PairBalance
{
    private readonly TrainedPair[] _pairs;
    private readonly TrainedPair[] _updated;
    private readonly PairRegularizer? _regularizer;

    public PairBalance(IReadOnlyList<LoraPair> pairs, ArmTable table, BalancednessOptions? options)
    {
        var trained = table.All.ToDictionary<TrainedParameter, object>(each => each.Parameter, ReferenceEqualityComparer.Instance);
        _pairs =
        [
            .. from pair in pairs
               where trained.ContainsKey(pair.A) && trained.ContainsKey(pair.B)
               select new TrainedPair(pair, trained[pair.A], trained[pair.B]),
        ];
        _updated = new TrainedPair[_pairs.Length];
        _regularizer = options?.CreateRegularizer(_pairs);
    }

    /// <summary>Balances pairs whose factors all have a gradient. Called under <c>no_grad</c>.</summary>
    public void Apply()
    {
        if (_regularizer is null)
        {
            return;
        }

        var count = 0;
        foreach (var pair in _pairs)
        {
            if (!double.IsNaN(pair.A.GradientNorm) && !double.IsNaN(pair.B.GradientNorm))
            {
                _updated[count++] = pair;
            }
        }

        _regularizer.Apply(_updated.AsSpan(0, count));
    }
}
