using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Models;

/// <summary>The members that a model's optimizer trains, and what its code puts into them.</summary>
internal static class LayerMembers
{
    /// <summary>Whether the member is marked as a layer, and not left out at the same time.</summary>
    public static bool IsLayer(ISymbol member) =>
        member is IFieldSymbol or IPropertySymbol
        && member.FindAttribute(TypeNames.SamLayerAttribute) is not null
        && !IsIgnored(member);

    public static bool IsIgnored(ISymbol member) => member.FindAttribute(TypeNames.SamIgnoreAttribute) is not null;

    /// <summary>Whether a model, or a class that it derives from, declares stages.</summary>
    public static bool HasStages(INamedTypeSymbol model) => model.SelfAndBases().SelectMany(type => type.GetMembers()).Any(member =>
        member.FindAttribute(TypeNames.SamStageAttribute) is not null
        || member.FindAttribute(TypeNames.SamLayerAttribute)?.NamedArgument("Stage", -1) >= 0);

    /// <summary>The member that a value becomes, or becomes a part of: by assignment or as its initializer.</summary>
    public static ISymbol? SetTo(IOperation value)
    {
        for (var (inner, outer) = (value, value.Parent); outer is not null; (inner, outer) = (outer, outer.Parent))
        {
            switch (outer)
            {
                case IFieldInitializerOperation field:
                    return field.InitializedFields.FirstOrDefault() is { } initialized ? initialized.AssociatedSymbol ?? initialized : null;
                case IPropertyInitializerOperation property:
                    return property.InitializedProperties.FirstOrDefault();
                case ISimpleAssignmentOperation assignment:
                    return ReferenceEquals(assignment.Value, inner) ? MemberOf(assignment.Target) : null;
                case IExpressionStatementOperation or IVariableDeclaratorOperation or IAnonymousFunctionOperation:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The field or property of this instance that is named.</summary>
    public static ISymbol? MemberOf(IOperation operation) =>
        operation.Unconverted() is IMemberReferenceOperation { Instance: IInstanceReferenceOperation } reference
        && reference.Member is IFieldSymbol or IPropertySymbol { IsIndexer: false }
            ? reference.Member
            : null;
}
