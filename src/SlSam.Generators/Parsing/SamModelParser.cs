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
        => Understand(model, new ModelProblems(problems), cancellation)?.Spec;

    private static ParsedModel? Understand(INamedTypeSymbol model, ModelProblems problems, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (model.FindAttribute(TypeNames.SamModelAttribute) is not { } attribute || !DeclarationParser.IsExtensible(model, problems))
            return null;

        BaseModel? baseModel = null;
        if (FindBaseModel(model) is { } baseType && (baseModel = UnderstandBase(baseType, cancellation)) is null)
            return null;
        if (!(model.IsSealed && baseModel is null) && EmittedNamesTaken(model, [EmittedNames.AddLayers], problems))
            return null;
        if (OwnLayerTable(model) is { } table)
        {
            problems.Report(ModelProblemKind.NameTaken, table, null, table.Name, model.Name);
            return null;
        }

        var members = ModelMember.AllOf(model);
        var layers = LayerParser.Parse(model, members, problems, hasBaseModel: baseModel is not null);
        cancellation.ThrowIfCancellationRequested();
        var staging = StagingParser.Parse(model, layers, baseModel, problems);

        var spec = new SamModelSpec
        {
            HintName = DeclarationParser.HintName(model),
            Declaration = DeclarationParser.Parse(model),
            Registration = RegistrationParser.Parse(model, members, problems),
            Layers = layers.Where(layer => layer.IsTrained).Select(layer => layer.ToSpec(staging)).ToImmutableArray(),
            ExtendsModel = baseModel is not null,
            Staging = staging?.Spec,
            Optimizer = OptimizerParser.Parse(model, attribute, problems),
        };
        return new ParsedModel(spec, staging?.DeclaredCount, spec.Layers.Count > 0 || baseModel is { HasLayers: true });
    }

    private static INamedTypeSymbol? FindBaseModel(INamedTypeSymbol model)
        => model.BaseType?.SelfAndBases().FirstOrDefault(type => type.FindAttribute(TypeNames.SamModelAttribute) is not null);

    /// <summary>What a base model offers. In source it is parsed, as its code does not exist yet; in metadata it has its code.</summary>
    private static BaseModel? UnderstandBase(INamedTypeSymbol type, CancellationToken cancellation)
    {
        if (type.DeclaringSyntaxReferences.IsEmpty)
        {
            return type.GetMembers(EmittedNames.AddLayers).IsEmpty
                ? null
                : new BaseModel(type, !type.GetMembers(EmittedNames.RunStage).IsEmpty, HasLayers: true, DeclaredStages: null);
        }

        return Understand(type, new ModelProblems(null), cancellation) is { Spec: var spec } parsed
            ? new BaseModel(type, spec.Staging is not null, parsed.HasLayers, parsed.DeclaredStages)
            : null;
    }

    private static IMethodSymbol? OwnLayerTable(INamedTypeSymbol model)
        => model.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(
            method => !method.IsGenerated()
                && method.ExplicitInterfaceImplementations.Any(implemented => implemented.ContainingType.Is(TypeNames.ISamModel)));

    /// <summary>Whether the model, or a base class that it can see into, already has members of these names.</summary>
    internal static bool EmittedNamesTaken(INamedTypeSymbol model, IReadOnlyCollection<string> names, ModelProblems problems)
    {
        var taken = ModelMember.OwnTypes(model)
            .SelectMany(type => names.SelectMany(name => type.GetMembers(name)))
            .Where(member => !member.IsGenerated() && ModelMember.CanReach(model, member))
            .ToList();
        foreach (var member in taken)
            problems.Report(ModelProblemKind.NameTaken, member, null, member.Name, model.Name);
        return taken.Count > 0;
    }

    private sealed record ParsedModel(SamModelSpec Spec, int? DeclaredStages, bool HasLayers);
}

/// <summary>What a model needs to know of the [SamModel] that it derives from.</summary>
/// <param name="Type">The base model.</param>
/// <param name="IsStaged">Whether it has stages.</param>
/// <param name="HasLayers">Whether it has layers, or may have.</param>
/// <param name="DeclaredStages">How many positions its stages take; null when that is not known.</param>
internal sealed record BaseModel(INamedTypeSymbol Type, bool IsStaged, bool HasLayers, int? DeclaredStages);

/// <summary>Passes problems on to whoever listens, if anyone does.</summary>
internal sealed class ModelProblems(IModelProblemSink? sink)
{
    public void Report(ModelProblemKind kind, ISymbol symbol, AttributeData? attribute, params string[] arguments)
        => sink?.Report(kind, symbol, attribute, arguments);
}
