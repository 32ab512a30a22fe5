using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SlSam.Generators.Parsing;

/// <summary>A member with [SamLayer] that can be one, while the model is parsed.</summary>
/// <param name="Member">The member.</param>
/// <param name="Form">What it contributes.</param>
/// <param name="Kind">The kind of its layers.</param>
/// <param name="IsTrained">Whether it stands in the layer table; without, it can only be a stage.</param>
internal sealed record ParsedLayer(ModelMember Member, LayerForm Form, LayerKind Kind, bool IsTrained)
{
    /// <summary>What reports and files call it.</summary>
    public string Name => Member.LayerName;

    /// <summary>The nested model, or that in the list, whose layers take the place of the member's own.</summary>
    public NestedModel? Nested { get; init; }

    public bool IsList => Form is LayerForm.ModuleList or LayerForm.ModelList;

    /// <summary>What is called: the member, or an element of the list.</summary>
    public ITypeSymbol Called => IsList ? LayerParser.ElementOf(Member.Type) : Member.Type;

    public LayerSpec ToSpec(ParsedStaging? staging)
    {
        var frozen = Member.IsFrozen;
        return new(Name, Member.Identifier, Form, Kind)
        {
            IsNullable = Member.IsNullable,
            AlwaysActive = Member.IsAlwaysActive && !frozen,
            Frozen = frozen,
            SparseDelta = Member.SparseDeltaAttribute is not null && !frozen,
            DrawsRandomNumbers = Nested is null && LayerCatalog.DrawsRandomNumbers(Called),
            Cost = Member.Layer!.Cost,
            HasStages = Nested is { HasStages: true },
            Stage = staging is not null && staging.Offsets.TryGetValue(Member.Stage, out var offset) ? offset : null,
        };
    }
}

/// <summary>Which members are layers.</summary>
internal static class LayerParser
{
    /// <returns>The members that are layers or stages, base classes first, in the order of their declaration.</returns>
    public static ImmutableArray<ParsedLayer> Parse(
        INamedTypeSymbol model, ImmutableArray<ModelMember> members, ModelProblems problems, bool hasBaseModel, bool expand,
        CancellationToken cancellation)
    {
        var layers = ImmutableArray.CreateBuilder<ParsedLayer>();
        var factors = LoraPairParser.Factors(members);
        foreach (var member in members)
        {
            var traits = LayerCatalog.Find(member.Type);
            if (member.Layer is not null)
            {
                if (Understand(member, traits, problems) is not { } layer)
                    continue;
                if (layers.FirstOrDefault(other => other.IsTrained && layer.IsTrained && other.Name == layer.Name) is { } namesake)
                {
                    problems.Report(
                        ModelProblemKind.DuplicateLayerName, member.Symbol, member.LayerAttribute,
                        member.Symbol.Name, layer.Name, namesake.Member.Symbol.Name);
                    layer = layer with { IsTrained = false };
                }

                if (expand && layer.Member.Expands)
                    layer = Expand(layer, problems, cancellation);
                CheckOptions(layer, problems);
                layers.Add(layer);
                continue;
            }

            if (member.SparseDeltaAttribute is { } sparse)
                problems.Report(ModelProblemKind.SparseDeltaWithoutLayer, member.Symbol, sparse, member.Symbol.Name);
            if (member is { IgnoreAttribute: null, Field.IsStatic: false, IsAccessible: true }
                && traits is { HasWeights: true, CannotBePerturbed: null }
                && !factors.Contains(member.Symbol))
            {
                problems.Report(ModelProblemKind.WeightsNotAnnotated, member.Symbol, null, member.Symbol.Name, TypeText.Short(member.Type));
            }
        }

        if (!hasBaseModel && !layers.Any(layer => layer.IsTrained))
            problems.Report(ModelProblemKind.NoLayers, model, null, model.Name);
        return layers.ToImmutable();
    }

    private static ParsedLayer? Understand(ModelMember member, LayerTraits? traits, ModelProblems problems)
    {
        if (member.Symbol.IsStatic)
            return Refuse(ModelProblemKind.StaticMember);
        if (!member.IsAccessible)
            return Refuse(ModelProblemKind.HiddenInBase, member.Symbol.ContainingType.Name);
        if (traits is null || !member.CanBeRead || FormOf(member.Type) is not { } form)
            return Refuse(ModelProblemKind.UnsupportedMember, TypeText.Short(member.Type));

        var isTrained = true;
        if (member.IgnoreAttribute is not null)
        {
            Refuse(ModelProblemKind.LayerAlsoIgnored);
            isTrained = false;
        }
        else if (traits.CannotBePerturbed is { } reason)
        {
            Refuse(ModelProblemKind.LayerCannotBePerturbed, TypeText.Short(member.Type), reason);
            isTrained = false;
        }
        else if (!traits.HasWeights)
        {
            Refuse(ModelProblemKind.LayerWithoutWeights, TypeText.Short(member.Type));
            isTrained = false;
        }

        return new ParsedLayer(member, form, KindOf(member.Type, form, traits), isTrained);

        ParsedLayer? Refuse(ModelProblemKind kind, params string[] arguments)
        {
            problems.Report(kind, member.Symbol, member.LayerAttribute, [member.Symbol.Name, .. arguments]);
            return null;
        }
    }

    private static ParsedLayer Expand(ParsedLayer layer, ModelProblems problems, CancellationToken cancellation)
    {
        var nested = layer.Form == LayerForm.Parameter ? null : NestedModel.Of(layer.Called, cancellation);
        if (nested is null)
        {
            problems.Report(
                ModelProblemKind.ExpandNotAModel, layer.Member.Symbol, layer.Member.LayerAttribute,
                layer.Member.Symbol.Name, TypeText.Short(layer.Called));
        }

        // A nested model that is wrong says so itself; until it is mended, it is one layer.
        return nested is not { HasLayerTable: true }
            ? layer
            : layer with { Form = layer.IsList ? LayerForm.ModelList : LayerForm.Model, Nested = nested };
    }

    private static void CheckOptions(ParsedLayer layer, ModelProblems problems)
    {
        var member = layer.Member;
        if (!member.IsFrozen)
            return;
        if (member.IsAlwaysActive)
            Report("AlwaysActive", member.LayerAttribute);
        if (member.SparseDeltaAttribute is { } sparse)
            Report("[SparseDelta]", sparse);

        void Report(string trains, AttributeData? attribute)
            => problems.Report(ModelProblemKind.FrozenLayerTrained, member.Symbol, attribute, member.Symbol.Name, trains);
    }

    private static LayerForm? FormOf(ITypeSymbol type)
    {
        if (type.DerivesFrom(TypeNames.Parameter))
            return LayerForm.Parameter;
        if (type.DerivesFrom(TypeNames.ModuleList))
            return LayerForm.ModuleList;
        return type.DerivesFrom(TypeNames.Module) ? LayerForm.Module : null;
    }

    private static LayerKind KindOf(ITypeSymbol type, LayerForm form, LayerTraits traits)
        => form == LayerForm.ModuleList ? LayerCatalog.Find(ElementOf(type))?.Kind ?? LayerKind.Module : traits.Kind;

    /// <summary>The type of a list's elements.</summary>
    public static ITypeSymbol ElementOf(ITypeSymbol list)
        => list.SelfAndBases().First(type => type.Is(TypeNames.ModuleList)).TypeArguments[0];
}
