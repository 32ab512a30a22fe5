namespace SlSam;

/// <summary>
/// Marks the factor A of a low-rank pair W = W0 + scale * B A (LoRA, Hu et al., ICLR 2022), a <c>Parameter</c> or a module with one weight; or, without
/// a partner, an <see cref="ILoraAdapter">adapter</see> that knows its own pair, or a list of adapters. The optimizer then knows the pair's balancedness.
/// </summary>
/// <param name="partner">The name of the member that is the factor B; null on an adapter.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class LoraPairAttribute(string? partner = null) : Attribute
{
    /// <summary>The name of the member that is the factor B; null on an adapter.</summary>
    public string? Partner { get; } = partner;
}
