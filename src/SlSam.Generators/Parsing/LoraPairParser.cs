using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SlSam.Generators.Parsing;

/// <summary>Which members make up low-rank pairs.</summary>
internal static class LoraPairParser
{
    /// <returns>The pairs of the model's members and of the nested models among its layers, in the order of their declaration.</returns>
    public static ImmutableArray<LoraPairSpec> Parse(
        ImmutableArray<ModelMember> members, ImmutableArray<ParsedLayer> layers, ModelProblems problems)
    {
        var pairs = ImmutableArray.CreateBuilder<LoraPairSpec>();
        foreach (var member in members)
        {
            if (member.LoraPairAttribute is { } attribute)
            {
                if (Understand(member, attribute, members, problems) is { } pair)
                    pairs.Add(pair);
            }
            else if (layers.FirstOrDefault(layer => layer.Member == member) is { IsTrained: true, Nested.MayHavePairs: true } layer)
            {
                var form = layer.IsList ? LoraPairForm.ModelList : LoraPairForm.Model;
                pairs.Add(new LoraPairSpec(layer.Name, member.Identifier, form, member.IsNullable));
            }
        }

        return pairs.ToImmutable();
    }

    /// <summary>The members that are factors or adapters: what is said of them as such need not be said of them as members with weights.</summary>
    public static HashSet<ISymbol> Factors(ImmutableArray<ModelMember> members)
    {
        var factors = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var member in members)
        {
            if (member.LoraPairAttribute is not { } attribute)
                continue;
            factors.Add(member.Symbol);
            if (Partner(attribute, members) is { } partner)
                factors.Add(partner.Symbol);
        }

        return factors;
    }

    /// <summary>The member that the attribute names, or null.</summary>
    public static ModelMember? Partner(AttributeData attribute, ImmutableArray<ModelMember> members)
        => PartnerName(attribute) is { } name ? members.FirstOrDefault(member => member.Symbol.Name == name) : null;

    private static string? PartnerName(AttributeData attribute)
        => attribute.ConstructorArguments is { Length: 1 } arguments ? arguments[0].Value as string : null;

    private static LoraPairSpec? Understand(
        ModelMember member, AttributeData attribute, ImmutableArray<ModelMember> members, ModelProblems problems)
    {
        var isList = member.Type.DerivesFrom(TypeNames.ModuleList);
        var isAdapter = (isList ? LayerParser.ElementOf(member.Type) : member.Type).Implements(TypeNames.ILoraAdapter);
        if (WhyUnreachable(member) is { } unreachable)
            return Refuse(ModelProblemKind.LoraPairUnsupported, unreachable);

        if (isAdapter)
        {
            if (PartnerName(attribute) is not null)
                return Refuse(ModelProblemKind.LoraPairUnsupported, "an adapter knows both of its factors and has no partner");
            CheckIsTrained(member);
            return new LoraPairSpec(
                member.LayerName, member.Identifier, isList ? LoraPairForm.AdapterList : LoraPairForm.Adapter, member.IsNullable);
        }

        if (FactorOf(member.Type) is not { } factor)
        {
            return Refuse(
                ModelProblemKind.LoraPairUnsupported,
                $"{TypeText.Short(member.Type)} is neither a Parameter, a module with one weight, a list of these, nor an ILoraAdapter");
        }

        if (Partner(attribute, members) is not { } partner || partner == member)
            return Refuse(ModelProblemKind.LoraPartnerMissing, PartnerName(attribute) ?? "");
        if (WhyUnreachable(partner) is { } reason)
            return Refuse(ModelProblemKind.LoraPairUnsupported, $"of its partner '{partner.Symbol.Name}', {reason}");
        if (FactorOf(partner.Type) != factor)
        {
            return Refuse(
                ModelProblemKind.LoraPairUnsupported,
                $"its partner '{partner.Symbol.Name}' is a {TypeText.Short(partner.Type)}, which makes no pair with a {TypeText.Short(member.Type)}");
        }

        if (partner.LoraPairAttribute is not null)
            return Refuse(ModelProblemKind.LoraPairUnsupported, $"its partner '{partner.Symbol.Name}' has [LoraPair] too; only the factor A has it");

        CheckIsTrained(member);
        CheckIsTrained(partner);
        var form = factor is Factor.ModuleList or Factor.ParameterList ? LoraPairForm.FactorLists : LoraPairForm.Factors;
        return new LoraPairSpec(member.LayerName, member.Identifier, form, member.IsNullable)
        {
            Partner = partner.Identifier,
            IsPartnerNullable = partner.IsNullable,
        };

        LoraPairSpec? Refuse(ModelProblemKind kind, string argument)
        {
            problems.Report(kind, member.Symbol, attribute, member.Symbol.Name, argument);
            return null;
        }

        void CheckIsTrained(ModelMember factor)
        {
            if (factor.Layer is null)
                problems.Report(ModelProblemKind.LoraFactorNotTrained, factor.Symbol, null, factor.Symbol.Name, member.LayerName);
        }
    }

    private static string? WhyUnreachable(ModelMember member)
    {
        if (member.Symbol.IsStatic)
            return "a static member belongs to no instance of the model";
        if (!member.IsAccessible)
            return $"a private member of {member.Symbol.ContainingType.Name} cannot be reached";
        return member.CanBeRead ? null : "a property without a getter cannot be read";
    }

    /// <summary>What sort of factor a type can be. Both factors of a pair are of one sort.</summary>
    private enum Factor
    {
        Parameter,
        Module,
        ParameterList,
        ModuleList,
    }

    private static Factor? FactorOf(ITypeSymbol type)
    {
        if (type.DerivesFrom(TypeNames.Parameter))
            return Factor.Parameter;
        if (type.DerivesFrom(TypeNames.ParameterList))
            return Factor.ParameterList;
        if (type.DerivesFrom(TypeNames.ModuleList))
            return LayerCatalog.HasOneWeight(LayerParser.ElementOf(type)) ? Factor.ModuleList : null;
        return LayerCatalog.HasOneWeight(type) ? Factor.Module : null;
    }
}
