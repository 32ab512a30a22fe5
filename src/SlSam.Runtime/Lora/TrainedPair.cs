namespace SlSam;

/// <summary>A pair whose factors the optimizer trains.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Factors">Its factors, in their order.</param>
internal sealed record TrainedPair(LoraPair Pair, TrainedParameter[] Factors)
{
    public TrainedParameter A => Factors[0];
}
