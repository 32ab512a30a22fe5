using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SlSam.Generators.Parsing;

/// <summary>
/// Reads members of a class from source as far as that says all. Nothing that is done for a model takes as long as to have the compiler bind its
/// attributes and types. Inside one part of a class, though, one name stands for one type: it is enough to bind it where it is met first.
/// </summary>
internal sealed class MemberReader
{
    /// <summary>By the part of the class and the name of an attribute in it: whether that is [SamLayer].</summary>
    private readonly Dictionary<(SyntaxNode Part, string Name), bool> _isSamLayer = [];

    /// <summary>By the part of the class and the name of a type in it: that type.</summary>
    private readonly Dictionary<(SyntaxNode Part, string Name), ITypeSymbol> _types = [];

    /// <summary>The only declaration of a field or property; null where there are several, or it is not in source.</summary>
    public static MemberDeclarationSyntax? DeclarationOf(ISymbol member)
        => member.DeclaringSyntaxReferences is { Length: 1 } references
            && MemberOf(references[0].GetSyntax()) is { } declaration
            && !declaration.Modifiers.Any(SyntaxKind.PartialKeyword)
            ? declaration
            : null;

    /// <summary>Reads [SamLayer] where it is the only attribute and all its arguments are literals.</summary>
    /// <returns>Null when the member has no [SamLayer], or one that has to be bound.</returns>
    public LayerArguments? LayerOf(ISymbol member, MemberDeclarationSyntax? declaration)
        => declaration is { AttributeLists: { Count: 1 } lists }
            && lists[0] is { Target: null, Attributes: { Count: 1 } attributes }
            && attributes[0] is { Name: SimpleNameSyntax name } attribute
            && IsSamLayer((PartOf(declaration), name.Identifier.ValueText), member)
            ? LayerArguments.Read(attribute)
            : null;

    /// <summary>The type of a field. Whether null is allowed in it can only be asked of a name that says so.</summary>
    public ITypeSymbol TypeOf(IFieldSymbol field, MemberDeclarationSyntax? declaration)
    {
        if (declaration is not FieldDeclarationSyntax { Declaration.Type: IdentifierNameSyntax name })
            return field.Type;

        var key = (PartOf(declaration), name.Identifier.ValueText);
        if (!_types.TryGetValue(key, out var type))
            _types.Add(key, type = field.Type);
        return type;
    }

    private bool IsSamLayer((SyntaxNode Part, string Name) key, ISymbol member)
    {
        if (!_isSamLayer.TryGetValue(key, out var isSamLayer))
            _isSamLayer.Add(key, isSamLayer = member.FindAttribute(TypeNames.SamLayerAttribute) is not null);
        return isSamLayer;
    }

    private static SyntaxNode PartOf(MemberDeclarationSyntax declaration) => declaration.Parent!;

    private static MemberDeclarationSyntax? MemberOf(SyntaxNode declaration)
        => declaration is VariableDeclaratorSyntax ? declaration.Parent?.Parent as FieldDeclarationSyntax : declaration as PropertyDeclarationSyntax;
}
