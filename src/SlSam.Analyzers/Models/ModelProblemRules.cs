using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SlSam.Analyzers.Diagnostics;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Models;

/// <summary>Which rule says what the parser found, and in which words.</summary>
internal static class ModelProblemRules
{
    /// <summary>The rules that the parser can break.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        Enum.GetValues(typeof(ModelProblemKind)).Cast<ModelProblemKind>().Select(RuleFor).OfType<DiagnosticDescriptor>().Distinct()
            .ToImmutableArray();

    /// <summary>The rule for a kind of problem; a test sees that there is one for each.</summary>
    public static DiagnosticDescriptor? RuleFor(ModelProblemKind kind) => kind switch
    {
        ModelProblemKind.NotPartial => Rules.NotPartial,
        ModelProblemKind.ContainingTypeNotPartial => Rules.ContainingTypeNotPartial,
        ModelProblemKind.FileLocal => Rules.FileLocal,
        ModelProblemKind.NotAModule => Rules.NotAModule,
        ModelProblemKind.NoLayers => Rules.NoLayers,
        ModelProblemKind.UnsupportedMember or ModelProblemKind.StaticMember => Rules.UnsupportedMember,
        ModelProblemKind.LayerWithoutWeights => Rules.LayerWithoutWeights,
        ModelProblemKind.LayerCannotBePerturbed => Rules.LayerCannotBePerturbed,
        ModelProblemKind.LayerAlsoIgnored => Rules.LayerAlsoIgnored,
        ModelProblemKind.DuplicateLayerName => Rules.DuplicateLayerName,
        ModelProblemKind.LanguageTooOld => Rules.LanguageTooOld,
        ModelProblemKind.ExpandNotAModel => Rules.ExpandNotAModel,
        ModelProblemKind.FrozenLayerTrained => Rules.FrozenLayerTrained,
        ModelProblemKind.SparseDeltaWithoutLayer => Rules.SparseDeltaWithoutLayer,
        ModelProblemKind.LoraPartnerMissing => Rules.LoraPartnerMissing,
        ModelProblemKind.LoraPairUnsupported => Rules.LoraPairUnsupported,
        ModelProblemKind.LoraFactorNotTrained => Rules.LoraFactorNotTrained,
        ModelProblemKind.WeightsNotAnnotated => Rules.WeightsNotAnnotated,
        ModelProblemKind.HiddenInBase => Rules.HiddenInBase,
        ModelProblemKind.NegativeStage => Rules.NegativeStage,
        ModelProblemKind.StageGap => Rules.StageGap,
        ModelProblemKind.DuplicateStage => Rules.DuplicateStage,
        ModelProblemKind.StageTypeMismatch => Rules.StageTypeMismatch,
        ModelProblemKind.ParameterStageWithoutMethod => Rules.ParameterStageWithoutMethod,
        ModelProblemKind.StagesBesideForward => Rules.StagesBesideForward,
        ModelProblemKind.LayerNotStaged => Rules.LayerNotStaged,
        ModelProblemKind.NoTensorInput => Rules.NoTensorInput,
        ModelProblemKind.NameTaken => Rules.NameTaken,
        ModelProblemKind.OptimizerNameInvalid or ModelProblemKind.OptimizerNameTaken => Rules.OptimizerName,
        _ => null,
    };

    /// <summary>The parts of the rule's message, in its order.</summary>
    public static object[] Message(ModelProblemKind kind, ISymbol symbol, string[] arguments) => kind switch
    {
        ModelProblemKind.UnsupportedMember => [arguments[0], WhyUnsupported(symbol, arguments[1])],
        ModelProblemKind.StaticMember => [arguments[0], "it is static, so all instances of the model would share it"],
        ModelProblemKind.OptimizerNameInvalid => [.. arguments, "that is not an identifier"],
        ModelProblemKind.OptimizerNameTaken =>
            [.. arguments, "another member or type has that name; choose one with [SamModel(OptimizerName = ...)]"],
        ModelProblemKind.LoraPartnerMissing =>
            [arguments[0], arguments[1].Length == 0 ? "it names no partner" : $"'{arguments[1]}' is no other field or property of the model"],
        _ => [.. arguments],
    };

    private static string WhyUnsupported(ISymbol symbol, string type)
    {
        var declared = PlainCollections.TypeOf(symbol);
        if (declared is not null && PlainCollections.IsPlainCollection(declared))
            return $"a {type} registers none of its modules; use {PlainCollections.Replacement(declared)}";
        return symbol is IPropertySymbol && declared is not null && LayerCatalog.Find(declared) is not null
            ? "the property cannot be read"
            : $"{type} is neither a module, a ModuleList nor a Parameter";
    }
}
