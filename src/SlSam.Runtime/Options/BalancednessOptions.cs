using System.Text.Json.Serialization;

namespace SlSam;

/// <summary>How the factors of a model's low-rank pairs are kept in balance (BAR, arXiv 2410.14802).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "method")]
[JsonDerivedType(typeof(BarOptions), "bar")]
public abstract record BalancednessOptions
{
    internal BalancednessOptions()
    {
    }

    /// <summary>Makes what balances the pairs of one optimizer.</summary>
    internal abstract PairRegularizer CreateRegularizer();
}
