namespace SlSam;

/// <summary>What an optimizer is about to be built of, for <see cref="OptionRules"/>.</summary>
/// <param name="Options">The method.</param>
/// <param name="Rule">The update rule.</param>
/// <param name="Trained">What is trained.</param>
/// <param name="DeclaredPairs">The model's low-rank pairs, whether they are trained or not.</param>
/// <param name="Pairs">Those of which all factors are trained.</param>
internal sealed record OptimizerPlan(
    SharpnessOptions Options,
    UpdateRule Rule,
    IReadOnlyList<TrainedParameter> Trained,
    IReadOnlyList<LoraPair> DeclaredPairs,
    IReadOnlyList<TrainedPair> Pairs)
{
    /// <summary>What says that no step has a second pass; null where one may have. A radius or a weight of 0 is the end of a range, and says nothing.</summary>
    public string? SinglePass => Options is PlainOptions ? nameof(PlainOptions) : Options.SinglePass ? $"{nameof(Options.SinglePass)} = true" : null;

    public BarOptions? Bar => Options.Balancedness as BarOptions;

    /// <summary>A pair of which a mask covers a factor, and the factor's layer.</summary>
    public (LoraPair Pair, string Layer)? MaskedFactor =>
        (from pair in Pairs
         from factor in pair.Factors
         where SparseTraining.IsMasked(factor, Options.Sparse)
         select ((LoraPair, string)?)(pair.Pair, factor.Group.Layer.Name)).FirstOrDefault();

    public bool TrainsAnyB
    {
        get
        {
            var trained = Trained.Select(each => each.Parameter).ToHashSet<object>(ReferenceEqualityComparer.Instance);
            return DeclaredPairs.Any(pair => trained.Contains(pair.B));
        }
    }

    /// <summary>The devices of what is trained, each with the layers there.</summary>
    public IReadOnlyList<string> Devices =>
        [.. Trained.GroupBy(each => each.Parameter.device.ToString(), each => $"'{each.Group.Layer.Name}'")
            .Select(layers => $"{layers.Key}: {string.Join(", ", layers.Distinct())}")];
}
