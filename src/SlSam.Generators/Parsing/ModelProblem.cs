using Microsoft.CodeAnalysis;

namespace SlSam.Generators.Parsing;

/// <summary>
/// What the parser can find wrong with a model. Arguments are listed in their order; the first is always the name of the symbol
/// that the problem is reported on. "Blocks" says what the generator then leaves out.
/// </summary>
internal enum ModelProblemKind
{
    /// <summary>On the model. (name). Blocks everything.</summary>
    NotPartial,

    /// <summary>On the containing type. (name of the containing type, name of the model). Blocks everything.</summary>
    ContainingTypeNotPartial,

    /// <summary>On the model: it, or a type that contains it, is local to its file. (name). Blocks everything.</summary>
    FileLocal,

    /// <summary>On the model: it does not derive from <c>nn.Module</c>, or is a record. (name). Blocks everything.</summary>
    NotAModule,

    /// <summary>On the model: its file is compiled as a C# before 10. (name, version). Blocks everything.</summary>
    LanguageTooOld,

    /// <summary>On the model. (name). Blocks nothing.</summary>
    NoLayers,

    /// <summary>On a [SamLayer] member that is no module or Parameter, or cannot be read. (name, type). Blocks the member.</summary>
    UnsupportedMember,

    /// <summary>On a [SamLayer] member. (name). Blocks the member.</summary>
    StaticMember,

    /// <summary>On a [SamLayer] member. (name, type). It is not a layer then, but still a stage.</summary>
    LayerWithoutWeights,

    /// <summary>On a [SamLayer] member. (name, type, reason). It is not a layer then, but still a stage.</summary>
    LayerCannotBePerturbed,

    /// <summary>On a member with [SamLayer] and [SamIgnore]. (name). It is not a layer then, but still a stage.</summary>
    LayerAlsoIgnored,

    /// <summary>
    /// On the second of two layers with one name. (name, the layer's name, name of the first). It is not a layer then, but still a stage.
    /// </summary>
    DuplicateLayerName,

    /// <summary>On a [SamLayer] member with Expand that holds no [SamModel]. (name, type). It is one layer.</summary>
    ExpandNotAModel,

    /// <summary>On a frozen [SamLayer] member that is to be trained as well. (name, what trains it). It stays frozen.</summary>
    FrozenLayerTrained,

    /// <summary>On a member with [SparseDelta] that is no layer. (name). Blocks nothing.</summary>
    SparseDeltaWithoutLayer,

    /// <summary>On a [LoraPair] member that names no other member of the model, or none at all. (name, the partner's name). Blocks the pair.</summary>
    LoraPartnerMissing,

    /// <summary>On a [LoraPair] member that makes no pair. (name, reason). Blocks the pair.</summary>
    LoraPairUnsupported,

    /// <summary>On a factor that is no layer. (name, the pair's name). Blocks nothing.</summary>
    LoraFactorNotTrained,

    /// <summary>On a member with weights that has neither [SamLayer] nor [SamIgnore]. (name, type). Blocks nothing.</summary>
    WeightsNotAnnotated,

    /// <summary>
    /// On a private module, parameter or tensor of a base class without [SamModel], which a derived class cannot reach. (name, base class).
    /// It is no layer, and registration is left to TorchSharp.
    /// </summary>
    HiddenInBase,

    /// <summary>On a member with a stage below 0 (for [SamLayer]: below -1). (name, stage). Blocks staging.</summary>
    NegativeStage,

    /// <summary>On the member with the first stage after the gap. (name, its stage, the missing stage). Blocks staging.</summary>
    StageGap,

    /// <summary>On the second of two members with one stage. (name, stage, name of the first). Blocks staging.</summary>
    DuplicateStage,

    /// <summary>On a stage that the chain cannot call. (name, what it is, what is needed). Blocks staging.</summary>
    StageTypeMismatch,

    /// <summary>On a Parameter whose stage is not that of a [SamStage] method. (name, stage). Blocks staging.</summary>
    ParameterStageWithoutMethod,

    /// <summary>On the forward of a model that declares stages or inherits some. (forward, name of the model). Blocks staging.</summary>
    StagesBesideForward,

    /// <summary>
    /// On a layer without a stage in a model that declares stages; on the model, where it is its base model that has such layers.
    /// (name of the layer or of the base model, name of the model). Blocks staging.
    /// </summary>
    LayerNotStaged,

    /// <summary>On a model with stages that has no Tensor as its first input. (name). Blocks staging.</summary>
    NoTensorInput,

    /// <summary>On a member whose name the generated code needs. (name, name of the model). Blocks what would have had the name.</summary>
    NameTaken,

    /// <summary>On the model. (name, the optimizer's name). Blocks the optimizer.</summary>
    OptimizerNameInvalid,

    /// <summary>On the model. (name, the optimizer's name). Blocks the optimizer.</summary>
    OptimizerNameTaken,
}

/// <summary>Is told what the parser finds wrong. The generator passes none; an analyzer turns what it is told into diagnostics.</summary>
internal interface IModelProblemSink
{
    /// <param name="kind">What is wrong.</param>
    /// <param name="symbol">The model, or the member it is wrong with; it may be declared in a base class.</param>
    /// <param name="attribute">The attribute that says what is wrong, where one does.</param>
    /// <param name="arguments">What a message can be made of, in the order that <see cref="ModelProblemKind"/> lists.</param>
    void Report(ModelProblemKind kind, ISymbol symbol, AttributeData? attribute, params string[] arguments);
}
