using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SlSam.Generators.Parsing;

/// <summary>A field or property of a model, while it is parsed.</summary>
internal sealed class ModelMember
{
    private readonly bool _hasOtherAttributes;

    private ModelMember(ISymbol symbol, ITypeSymbol type, IFieldSymbol? field, INamedTypeSymbol model, LayerArguments? onlyAttribute)
    {
        Symbol = symbol;
        Type = type;
        Field = field;
        IsAccessible = CanReach(model, symbol);
        _hasOtherAttributes = onlyAttribute is null;
        Layer = onlyAttribute ?? (Bound(TypeNames.SamLayerAttribute) is { } attribute ? LayerArguments.Of(attribute) : null);
        IgnoreAttribute = Attribute(TypeNames.SamIgnoreAttribute);
        LoraPairAttribute = Attribute(TypeNames.LoraPairAttribute);
        SparseDeltaAttribute = Attribute(TypeNames.SparseDeltaAttribute);
    }

    /// <summary>The field or property as it stands in source.</summary>
    public ISymbol Symbol { get; }

    public ITypeSymbol Type { get; }

    /// <summary>The field, or that behind an auto-property; null for a property that computes its value.</summary>
    public IFieldSymbol? Field { get; }

    /// <summary>Whether the model can reach it: not so for a private member of a base class.</summary>
    public bool IsAccessible { get; }

    /// <summary>What [SamLayer] says; null without it.</summary>
    public LayerArguments? Layer { get; }

    /// <summary>The [SamLayer] itself, for a report: it may have to be bound first.</summary>
    public AttributeData? LayerAttribute => Layer is null ? null : Bound(TypeNames.SamLayerAttribute);

    public AttributeData? IgnoreAttribute { get; }

    public AttributeData? LoraPairAttribute { get; }

    public AttributeData? SparseDeltaAttribute { get; }

    /// <summary>What [SamLayer] says of its stage; -1 when it says nothing.</summary>
    public int Stage => Layer?.Stage ?? -1;

    public bool Expands => Layer is { Expand: true };

    public bool IsAlwaysActive => Layer is { AlwaysActive: true };

    public bool IsFrozen => Layer is { Frozen: true };

    /// <summary>What reports and files call it as a layer.</summary>
    public string LayerName => Layer is { Name: { } chosen } && !string.IsNullOrWhiteSpace(chosen) ? chosen : Name;

    /// <summary>What it is called; of an explicit implementation, without the interface.</summary>
    public string Name => Implemented?.Name ?? Symbol.Name;

    /// <summary>How the model reaches it.</summary>
    public string Identifier => Implemented is { } implemented
        ? $"(({TypeText.Full(implemented.ContainingType)})this).{TypeText.Identifier(implemented.Name)}"
        : TypeText.Identifier(Symbol.Name);

    public bool IsProperty => Symbol is IPropertySymbol;

    public bool IsNullable => Type.NullableAnnotation == NullableAnnotation.Annotated;

    public bool CanBeRead => Symbol is not IPropertySymbol property || property is { GetMethod: not null, IsIndexer: false };

    private IPropertySymbol? Implemented => (Symbol as IPropertySymbol)?.ExplicitInterfaceImplementations.FirstOrDefault();

    /// <summary>Another attribute than [SamLayer].</summary>
    public AttributeData? Attribute(string metadataName) => _hasOtherAttributes ? Bound(metadataName) : null;

    /// <summary>
    /// The fields and properties of a model and of its base classes that are not models themselves, base classes first, each in the order
    /// of its declaration. Of members with one name, the most derived.
    /// </summary>
    public static ImmutableArray<ModelMember> AllOf(INamedTypeSymbol model)
    {
        var found = new List<ModelMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var reader = new MemberReader();
        foreach (var type in OwnTypes(model))
        {
            var members = type.GetMembers().Select(member => From(member, model, reader)).OfType<ModelMember>().ToList();
            found.InsertRange(0, members.Where(member => !names.Contains(member.Symbol.Name)));
            names.UnionWith(members.Select(member => member.Symbol.Name));
        }

        return found.ToImmutableArray();
    }

    /// <summary>The model and the base classes that it speaks for: those below the nearest [SamModel] and below TorchSharp's own.</summary>
    public static IEnumerable<INamedTypeSymbol> OwnTypes(INamedTypeSymbol model)
    {
        yield return model;
        for (var type = model.BaseType; type is not null && !IsForeign(type); type = type.BaseType)
            yield return type;
    }

    /// <summary>Whether a base class looks after its own members.</summary>
    public static bool IsForeign(INamedTypeSymbol type)
        => type.SpecialType == SpecialType.System_Object
        || type.ContainingAssembly?.Name == TypeNames.TorchAssembly
        || type.FindAttribute(TypeNames.SamModelAttribute) is not null;

    /// <summary>Whether a model can name a member of its own or of a base class.</summary>
    public static bool CanReach(INamedTypeSymbol model, ISymbol member)
        => SymbolEqualityComparer.Default.Equals(member.ContainingType, model) || member.DeclaredAccessibility switch
        {
            Accessibility.Private => false,
            Accessibility.Internal or Accessibility.ProtectedAndInternal =>
                SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, model.ContainingAssembly),
            _ => true,
        };

    private AttributeData? Bound(string metadataName) => Symbol.FindAttribute(metadataName) ?? Field?.FindAttribute(metadataName);

    private static ModelMember? From(ISymbol symbol, INamedTypeSymbol model, MemberReader reader)
    {
        if (symbol is not (IFieldSymbol { IsConst: false, AssociatedSymbol: null } or IPropertySymbol))
            return null;

        var declaration = MemberReader.DeclarationOf(symbol);
        var onlyAttribute = reader.LayerOf(symbol, declaration);
        if (onlyAttribute is null && symbol.IsGenerated())
            return null;
        return symbol is IFieldSymbol field
            ? new ModelMember(field, reader.TypeOf(field, declaration), field, model, onlyAttribute)
            : new ModelMember(symbol, ((IPropertySymbol)symbol).Type, BackingField((IPropertySymbol)symbol), model, onlyAttribute);
    }

    private static IFieldSymbol? BackingField(IPropertySymbol property)
        => property.ContainingType.GetMembers().OfType<IFieldSymbol>()
            .FirstOrDefault(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
}
