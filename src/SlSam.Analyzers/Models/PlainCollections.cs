using Microsoft.CodeAnalysis;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Models;

/// <summary>Arrays, lists and dictionaries of modules, which register none of what they hold.</summary>
internal static class PlainCollections
{
    /// <summary>Whether the type is a collection of .NET's own whose elements, or values, are modules.</summary>
    public static bool IsPlainCollection(ITypeSymbol type) => ElementType(type)?.DerivesFrom(TypeNames.Module) == true;

    /// <summary>The collection to use in its place, as source would name it.</summary>
    public static string Replacement(ITypeSymbol type)
    {
        var element = ElementType(type)!.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        return type is INamedTypeSymbol { TypeArguments.Length: 2 } ? $"ModuleDict<{element}>" : $"ModuleList<{element}>";
    }

    /// <summary>The type of a field or property.</summary>
    public static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    /// <summary>The type of the elements, or of the values of a dictionary; null where it is no collection of .NET's own.</summary>
    public static ITypeSymbol? ElementType(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { TypeArguments: { Length: 1 or 2 } arguments } named when IsOfDotNet(named) => arguments[arguments.Length - 1],
        _ => null,
    };

    private static bool IsOfDotNet(INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: "Generic" or "Immutable" or "Concurrent" or "ObjectModel" or "Frozen" } space
        && space.ContainingNamespace?.ToDisplayString() == "System.Collections";
}
