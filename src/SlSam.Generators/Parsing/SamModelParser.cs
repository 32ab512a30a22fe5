using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SlSam.Generators.Parsing;

/// <summary>
/// Understands a [SamModel] class. The generator prints what it returns; analyzers listen to what it reports.
/// </summary>
internal static class SamModelParser
{
    /// <returns>The spec, without the parts that are wrong; null when nothing can be generated.</returns>
    public static SamModelSpec? Parse(INamedTypeSymbol model, IModelProblemSink? problems, CancellationToken cancellation)
    {
        var reported = new ModelProblems(problems);
        if (Understand(model, reported, expand: true, cancellation) is not { } parsed)
            return null;

        return new SamModelSpec
        {
            HintName = DeclarationParser.HintName(model),
            Declaration = DeclarationParser.Parse(model),
            Registration = RegistrationParser.Parse(model, parsed.Members, reported),
            Layers = parsed.Layers.Where(layer => layer.IsTrained).Select(layer => layer.ToSpec(parsed.Staging)).ToImmutableArray(),
            LoraPairs = parsed.LoraPairs,
            ExtendsModel = parsed.Base is not null,
            ExtendsLoraPairs = parsed.Base is { HasLoraPairs: true },
            Staging = parsed.Staging?.Spec,
            MissingForward = parsed.Staging is null ? MissingForward.Of(model) : null,
            Optimizer = OptimizerParser.Parse(model, parsed.Attribute, reported),
        };
    }

    /// <summary>
    /// What another model needs to know of this one. The models nested in this one in their turn make no difference to that, so models may
    /// hold each other.
    /// </summary>
    public static NestedModel ParseNested(INamedTypeSymbol model, CancellationToken cancellation)
        => Understand(model, new ModelProblems(null), expand: false, cancellation) is { } parsed
            ? new NestedModel(
                HasLayerTable: true,
                HasStages: parsed.Staging is { Spec.ResultIsTensor: true },
                MayHavePairs: parsed.HasLoraPairs || parsed.Members.Any(member => member.Expands))
            : new NestedModel(HasLayerTable: false, HasStages: false, MayHavePairs: false);

    private static ParsedModel? Understand(INamedTypeSymbol model, ModelProblems problems, bool expand, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (model.FindAttribute(TypeNames.SamModelAttribute) is not { } attribute || !DeclarationParser.IsExtensible(model, problems))
            return null;

        BaseModel? baseModel = null;
        if (FindBaseModel(model) is { } baseType && (baseModel = UnderstandBase(baseType, expand, cancellation)) is null)
            return null;
        if (!(model.IsSealed && baseModel is null) && EmittedNamesTaken(model, [EmittedNames.AddLayers], problems))
            return null;
        if (OwnLayerTable(model) is { } table)
        {
            problems.Report(ModelProblemKind.NameTaken, table, null, table.Name, model.Name);
            return null;
        }

        var members = ModelMember.AllOf(model);
        var layers = LayerParser.Parse(model, members, problems, hasBaseModel: baseModel is not null, expand, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var pairs = LoraPairParser.Parse(members, layers, problems);
        if (!pairs.IsEmpty && !(model.IsSealed && baseModel is not { HasLoraPairs: true })
            && EmittedNamesTaken(model, [EmittedNames.AddLoraPairs], problems))
            pairs = ImmutableArray<LoraPairSpec>.Empty;
        return new ParsedModel(attribute, baseModel, members, layers, pairs, StagingParser.Parse(model, layers, baseModel, problems));
    }

    private static INamedTypeSymbol? FindBaseModel(INamedTypeSymbol model)
        => model.BaseType?.SelfAndBases().FirstOrDefault(type => type.FindAttribute(TypeNames.SamModelAttribute) is not null);

    /// <summary>What a base model offers. In source it is parsed, as its code does not exist yet; in metadata it has its code.</summary>
    private static BaseModel? UnderstandBase(INamedTypeSymbol type, bool expand, CancellationToken cancellation)
    {
        if (type.DeclaringSyntaxReferences.IsEmpty)
        {
            return !Has(EmittedNames.AddLayers)
                ? null
                : new BaseModel(type)
                {
                    IsStaged = Has(EmittedNames.RunStage),
                    HasLayers = true,
                    HasLoraPairs = Has(EmittedNames.AddLoraPairs),
                };
        }

        return Understand(type, new ModelProblems(null), expand, cancellation) is { } parsed
            ? new BaseModel(type)
            {
                IsStaged = parsed.Staging is not null,
                HasLayers = parsed.HasLayers,
                HasLoraPairs = parsed.HasLoraPairs,
                DeclaredStages = parsed.Staging?.DeclaredCount,
            }
            : null;

        bool Has(string member) => type.SelfAndBases().Any(ancestor => !ancestor.GetMembers(member).IsEmpty);
    }

    private static IMethodSymbol? OwnLayerTable(INamedTypeSymbol model)
        => model.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(
            method => method.MethodKind == MethodKind.ExplicitInterfaceImplementation
                && !method.IsGenerated()
                && method.ExplicitInterfaceImplementations.Any(implemented => implemented.ContainingType.Is(TypeNames.ISamModel)));

    /// <summary>Whether the model, or a base class that it can see into, already has members of these names.</summary>
    internal static bool EmittedNamesTaken(INamedTypeSymbol model, IReadOnlyCollection<string> names, ModelProblems problems)
    {
        var areTaken = false;
        foreach (var type in ModelMember.OwnTypes(model))
        {
            foreach (var name in names)
            {
                foreach (var member in type.GetMembers(name))
                {
                    if (member.IsGenerated() || !ModelMember.CanReach(model, member))
                        continue;
                    problems.Report(ModelProblemKind.NameTaken, member, null, member.Name, model.Name);
                    areTaken = true;
                }
            }
        }

        return areTaken;
    }

    private sealed record ParsedModel(
        AttributeData Attribute, BaseModel? Base, ImmutableArray<ModelMember> Members, ImmutableArray<ParsedLayer> Layers,
        ImmutableArray<LoraPairSpec> LoraPairs, ParsedStaging? Staging)
    {
        public bool HasLayers => Base is { HasLayers: true } || Layers.Any(layer => layer.IsTrained);

        public bool HasLoraPairs => Base is { HasLoraPairs: true } || !LoraPairs.IsEmpty;
    }
}

/// <summary>What a model needs to know of the [SamModel] that it derives from.</summary>
/// <param name="Type">The base model.</param>
internal sealed record BaseModel(INamedTypeSymbol Type)
{
    /// <summary>Whether it has stages.</summary>
    public required bool IsStaged { get; init; }

    /// <summary>Whether it has layers, or may have.</summary>
    public required bool HasLayers { get; init; }

    /// <summary>Whether it lists low-rank pairs, those of its own base model among them.</summary>
    public required bool HasLoraPairs { get; init; }

    /// <summary>How many positions its stages take; null when that is not known.</summary>
    public int? DeclaredStages { get; init; }
}

/// <summary>Passes problems on to whoever listens, if anyone does.</summary>
internal sealed class ModelProblems(IModelProblemSink? sink)
{
    public void Report(ModelProblemKind kind, ISymbol symbol, AttributeData? attribute, params string[] arguments)
        => sink?.Report(kind, symbol, attribute, arguments);
}
