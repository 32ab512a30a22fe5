using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SlSam.Generators.Parsing;

/// <summary>
/// Reads [SamLayer] where it is a member's only attribute and all its arguments are literals. Nothing that is done for a model takes as long as
/// to have the compiler bind an attribute. Inside one part of a class, though, one name stands for one attribute: it is enough to bind the first.
/// </summary>
internal sealed class LayerAttributeReader
{
    /// <summary>By the part of the class and the name of an attribute in it: whether that is [SamLayer].</summary>
    private readonly Dictionary<(SyntaxNode Part, string Name), bool> _isSamLayer = [];

    /// <returns>Null when the member has no [SamLayer], or one that has to be bound.</returns>
    public LayerArguments? Read(ISymbol member)
        => OnlyAttribute(member) is { Name: SimpleNameSyntax name } attribute && IsSamLayer(name.Identifier.ValueText, attribute, member)
            ? LayerArguments.Read(attribute)
            : null;

    private bool IsSamLayer(string name, AttributeSyntax attribute, ISymbol member)
    {
        var key = (PartOf(attribute), name);
        if (!_isSamLayer.TryGetValue(key, out var isSamLayer))
            _isSamLayer.Add(key, isSamLayer = member.FindAttribute(TypeNames.SamLayerAttribute) is not null);
        return isSamLayer;
    }

    private static SyntaxNode PartOf(AttributeSyntax attribute) => attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>()!;

    private static AttributeSyntax? OnlyAttribute(ISymbol member)
        => member.DeclaringSyntaxReferences is { Length: 1 } references
            && MemberOf(references[0].GetSyntax()) is { AttributeLists: { Count: 1 } lists } declaration
            && !declaration.Modifiers.Any(SyntaxKind.PartialKeyword)
            && lists[0] is { Target: null, Attributes: { Count: 1 } attributes }
            ? attributes[0]
            : null;

    private static MemberDeclarationSyntax? MemberOf(SyntaxNode declaration)
        => declaration is VariableDeclaratorSyntax ? declaration.Parent?.Parent as FieldDeclarationSyntax : declaration as PropertyDeclarationSyntax;
}
