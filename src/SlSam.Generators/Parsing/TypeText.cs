using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SlSam.Generators.Parsing;

/// <summary>Spells symbols as C# source.</summary>
internal static class TypeText
{
    private static readonly SymbolDisplayFormat s_full = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
        | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static readonly SymbolDisplayFormat s_namespace = SymbolDisplayFormat.CSharpErrorMessageFormat.WithMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static readonly ConditionalWeakTable<INamespaceSymbol, string> s_namespaces = new();

    /// <summary>As generated code names it: from <c>global::</c>, with nullability.</summary>
    public static string Full(ITypeSymbol type) => IsTensor(type) ? "global::TorchSharp.torch.Tensor" : type.ToDisplayString(s_full);

    /// <summary>As a message names it.</summary>
    public static string Short(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    public static string? Namespace(ISymbol symbol)
        => symbol.ContainingNamespace is { IsGlobalNamespace: false } space ? s_namespaces.GetValue(space, Spell) : null;

    private static string Spell(INamespaceSymbol space) => space.ToDisplayString(s_namespace);

    public static string Identifier(string name) => IsKeyword(name) ? "@" + name : name;

    public static string TypeParameters(INamedTypeSymbol type)
        => type.TypeParameters.IsEmpty ? "" : $"<{string.Join(", ", type.TypeParameters.Select(parameter => Identifier(parameter.Name)))}>";

    /// <summary>The head of a partial declaration, as in <c>partial class Outer&lt;T&gt;</c>.</summary>
    public static string PartialDeclaration(INamedTypeSymbol type)
    {
        var keyword = type switch
        {
            { TypeKind: TypeKind.Interface } => "interface",
            { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
            { TypeKind: TypeKind.Struct } => "struct",
            { IsRecord: true } => "record",
            _ => "class",
        };
        return $"partial {keyword} {Identifier(type.Name)}{TypeParameters(type)}";
    }

    public static string Accessibility(INamedTypeSymbol type) => SyntaxFacts.GetText(type.DeclaredAccessibility);

    /// <summary>The constraint clause of a type parameter, or null when it has none.</summary>
    public static string? Constraints(ITypeParameterSymbol parameter)
    {
        var parts = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint)
            parts.Add("unmanaged");
        else if (parameter.HasValueTypeConstraint)
            parts.Add("struct");
        else if (parameter.HasReferenceTypeConstraint)
            parts.Add(parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class");
        else if (parameter.HasNotNullConstraint)
            parts.Add("notnull");

        parts.AddRange(parameter.ConstraintTypes.Select(Full));
        if (parameter.HasConstructorConstraint)
            parts.Add("new()");

        return parts.Count == 0 ? null : $"where {Identifier(parameter.Name)} : {string.Join(", ", parts)}";
    }

    // By far the most frequent, and the display of symbols is slow.
    private static bool IsTensor(ITypeSymbol type) => type.NullableAnnotation != NullableAnnotation.Annotated && type.Is(TypeNames.Tensor);

    private static bool IsKeyword(string name)
        => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None;
}
