using Microsoft.CodeAnalysis;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Models;

/// <summary>
/// Modules with integer weights, known by their names: TorchSharp has none of its own, and those of other libraries are called so.
/// </summary>
internal static class QuantizedTypes
{
    /// <summary>Whether a member of this type holds quantized modules.</summary>
    public static bool IsQuantized(ITypeSymbol type) =>
        type.DerivesFrom(TypeNames.Module) && type.SelfAndBases().TakeWhile(candidate => !candidate.Is(TypeNames.Module)).Any(candidate =>
            HasQuantizedName(candidate) || candidate.Is(TypeNames.ModuleList) && IsQuantized(candidate.TypeArguments[0]));

    /// <summary>Whether the method makes a tensor of integers with a scale, as <c>quantize_per_tensor</c> does.</summary>
    public static bool Quantizes(IMethodSymbol method) => method.Name is "quantize_per_tensor" or "quantize_per_channel";

    // QuantizedLinear, or anything in a namespace or type called Quantized, as in torch.nn.quantized.Linear.
    private static bool HasQuantizedName(INamedTypeSymbol type)
    {
        if (type.Name.StartsWith("Quantized", StringComparison.Ordinal))
            return true;

        for (ISymbol? place = type.ContainingSymbol; place is INamespaceOrTypeSymbol; place = place.ContainingSymbol)
        {
            if (place.Name.Equals("quantized", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
