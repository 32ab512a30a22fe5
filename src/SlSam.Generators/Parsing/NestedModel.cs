using Microsoft.CodeAnalysis;

namespace SlSam.Generators.Parsing;

/// <summary>What a model needs to know of another that is a part of it.</summary>
/// <param name="HasLayerTable">Whether it can list its layers; not so where it is wrong itself, and nothing is generated for it.</param>
/// <param name="HasStages">Whether its stages can be run one at a time from outside.</param>
/// <param name="MayHavePairs">Whether it has low-rank pairs, or may have.</param>
internal sealed record NestedModel(bool HasLayerTable, bool HasStages, bool MayHavePairs)
{
    /// <returns>Null for a type that is no model.</returns>
    public static NestedModel? Of(ITypeSymbol type, CancellationToken cancellation)
    {
        var bypassesStages = false;
        foreach (var candidate in type.SelfAndBases())
        {
            if (candidate.FindAttribute(TypeNames.SamModelAttribute) is not null)
            {
                var nested = candidate.DeclaringSyntaxReferences.IsEmpty
                    ? OfMetadata(candidate)
                    : SamModelParser.ParseNested(candidate.OriginalDefinition, cancellation);
                return nested with { HasStages = nested.HasStages && !bypassesStages };
            }

            bypassesStages |= candidate.GetMembers(EmittedNames.Forward).Any(member => member.IsOverride && !member.IsGenerated());
        }

        return type.Implements(TypeNames.ISamModel) ? new NestedModel(HasLayerTable: true, HasStages: false, MayHavePairs: true) : null;
    }

    /// <summary>In metadata a model has its code; what is private there, such as the pairs of a sealed model, cannot be seen.</summary>
    private static NestedModel OfMetadata(INamedTypeSymbol model) => new(
        model.Implements(TypeNames.ISamModel),
        HasMember(model, EmittedNames.RunStage, Accessibility.Public),
        model.IsSealed || HasMember(model, EmittedNames.AddLoraPairs, Accessibility.Protected));

    private static bool HasMember(INamedTypeSymbol model, string name, Accessibility accessibility)
        => model.SelfAndBases().SelectMany(type => type.GetMembers(name)).Any(member => member.DeclaredAccessibility == accessibility);
}
