using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SlSam.Analyzers.Diagnostics;

/// <summary>
/// Every rule of SlSam. An error says that no code, or not all of it, can be generated for the model; a warning says
/// that the code compiles and trains wrongly; a suggestion says that something may not be meant.
/// </summary>
internal static class Rules
{
    private const string Model = "SlSam.Model";
    private const string Usage = "SlSam.Usage";

    public static readonly DiagnosticDescriptor NotPartial = new(
        RuleIds.NotPartial, "[SamModel] class is not partial",
        "'{0}' has [SamModel] and must be declared partial",
        Model, DiagnosticSeverity.Error, true,
        "The generated layer table and forward pass are another part of the class.",
        RuleIds.HelpLink(RuleIds.NotPartial));

    public static readonly DiagnosticDescriptor ContainingTypeNotPartial = new(
        RuleIds.ContainingTypeNotPartial, "Type around a [SamModel] class is not partial",
        "'{0}' contains the [SamModel] class '{1}' and must be declared partial",
        Model, DiagnosticSeverity.Error, true,
        "The generated part of a nested class stands inside a part of every type around it.",
        RuleIds.HelpLink(RuleIds.ContainingTypeNotPartial));

    public static readonly DiagnosticDescriptor FileLocal = new(
        RuleIds.FileLocal, "[SamModel] class is local to its file",
        "'{0}' has [SamModel] and must not be local to its file, nor stand in a type that is",
        Model, DiagnosticSeverity.Error, true,
        "The generated part of the class is another file.",
        RuleIds.HelpLink(RuleIds.FileLocal));

    public static readonly DiagnosticDescriptor NotAModule = new(
        RuleIds.NotAModule, "[SamModel] class is not a module",
        "'{0}' has [SamModel] and must derive from torch.nn.Module<...>",
        Model, DiagnosticSeverity.Error, true,
        "Only a torch.nn.Module has parameters to train and a forward pass.",
        RuleIds.HelpLink(RuleIds.NotAModule));

    public static readonly DiagnosticDescriptor NoLayers = new(
        RuleIds.NoLayers, "[SamModel] class has no layers",
        "'{0}' has [SamModel] but no layer: mark what its optimizer trains with [SamLayer]",
        Model, DiagnosticSeverity.Warning, true,
        "The optimizer of a [SamModel] trains exactly the members with [SamLayer].",
        RuleIds.HelpLink(RuleIds.NoLayers));

    public static readonly DiagnosticDescriptor UnsupportedMember = new(
        RuleIds.UnsupportedMember, "Member cannot be a layer",
        "'{0}' cannot be a layer: {1}",
        Model, DiagnosticSeverity.Error, true,
        "A layer is an instance field or readable property that holds a module, a ModuleList or a Parameter.",
        RuleIds.HelpLink(RuleIds.UnsupportedMember));

    public static readonly DiagnosticDescriptor LayerWithoutWeights = new(
        RuleIds.LayerWithoutWeights, "Layer has no weights",
        "'{0}' is a {1}, which has no weights to train",
        Model, DiagnosticSeverity.Warning, true,
        "A layer without weights can be neither perturbed nor updated.",
        RuleIds.HelpLink(RuleIds.LayerWithoutWeights));

    public static readonly DiagnosticDescriptor LayerCannotBePerturbed = new(
        RuleIds.LayerCannotBePerturbed, "Layer cannot be perturbed",
        "'{0}' is a {1} and cannot be a layer: {2}",
        Model, DiagnosticSeverity.Warning, true,
        "Sharpness-aware minimization moves a layer's weights and puts them back; not every module allows that.",
        RuleIds.HelpLink(RuleIds.LayerCannotBePerturbed));

    public static readonly DiagnosticDescriptor LayerAlsoIgnored = new(
        RuleIds.LayerAlsoIgnored, "Member is both a layer and ignored",
        "'{0}' has both [SamLayer] and [SamIgnore], and is left out; keep one of the two",
        Model, DiagnosticSeverity.Warning, true,
        "A member is trained or left out, not both.",
        RuleIds.HelpLink(RuleIds.LayerAlsoIgnored));

    public static readonly DiagnosticDescriptor WeightsNotAnnotated = new(
        RuleIds.WeightsNotAnnotated, "Weights are neither a layer nor ignored",
        "'{0}' has weights that the optimizer will not train: add [SamLayer], or [SamIgnore] to leave them out on purpose",
        Model, DiagnosticSeverity.Warning, true,
        "The optimizer of a [SamModel] trains exactly the members with [SamLayer].",
        RuleIds.HelpLink(RuleIds.WeightsNotAnnotated));

    public static readonly DiagnosticDescriptor HiddenInBase = new(
        RuleIds.HiddenInBase, "Weights are hidden in a base class",
        "'{0}' has weights that the optimizer cannot reach, since it is private to '{1}', which has no [SamModel]",
        Model, DiagnosticSeverity.Warning, true,
        "The generated code of a derived class cannot name a private member of its base.",
        RuleIds.HelpLink(RuleIds.HiddenInBase));

    public static readonly DiagnosticDescriptor NegativeStage = new(
        RuleIds.NegativeStage, "Stage is negative",
        "'{0}' has stage {1}; stages count from 0",
        Model, DiagnosticSeverity.Error, true,
        "Stages are the positions in the forward pass, counted from 0.",
        RuleIds.HelpLink(RuleIds.NegativeStage));

    public static readonly DiagnosticDescriptor StageGap = new(
        RuleIds.StageGap, "Stages have a gap",
        "'{0}' is stage {1}, but no member is stage {2}",
        Model, DiagnosticSeverity.Error, true,
        "The generated forward pass runs stage 0, 1, 2 and so on; a missing number leaves open what runs there.",
        RuleIds.HelpLink(RuleIds.StageGap));

    public static readonly DiagnosticDescriptor DuplicateStage = new(
        RuleIds.DuplicateStage, "Two members have the same stage",
        "'{0}' is stage {1}, and so is '{2}'",
        Model, DiagnosticSeverity.Error, true,
        "The generated forward pass runs one member a stage.",
        RuleIds.HelpLink(RuleIds.DuplicateStage));

    public static readonly DiagnosticDescriptor StageTypeMismatch = new(
        RuleIds.StageTypeMismatch, "Stage does not fit its place in the forward pass",
        "'{0}' is {1}; stage needs {2}",
        Model, DiagnosticSeverity.Error, true,
        "A stage takes the activation of the stage before it, and further inputs of the model; the last returns what forward returns.",
        RuleIds.HelpLink(RuleIds.StageTypeMismatch));

    public static readonly DiagnosticDescriptor ParameterStageWithoutMethod = new(
        RuleIds.ParameterStageWithoutMethod, "Stage of a Parameter is run by no method",
        "'{0}' is a Parameter of stage {1}, which is not a method with [SamStage({1})]",
        Model, DiagnosticSeverity.Error, true,
        "A Parameter cannot be run; its stage is the method that uses it.",
        RuleIds.HelpLink(RuleIds.ParameterStageWithoutMethod));

    public static readonly DiagnosticDescriptor StagesBesideForward = new(
        RuleIds.StagesBesideForward, "Stages beside an own forward",
        "'{1}' declares stages and writes its own {0}; keep one of the two",
        Model, DiagnosticSeverity.Error, true,
        "Where stages are declared, forward is generated from them.",
        RuleIds.HelpLink(RuleIds.StagesBesideForward));

    public static readonly DiagnosticDescriptor LayerNotStaged = new(
        RuleIds.LayerNotStaged, "Layer without a stage in a staged model",
        "'{0}' has no stage, but other members of '{1}' have one",
        Model, DiagnosticSeverity.Error, true,
        "The generated forward pass would leave the layer out.",
        RuleIds.HelpLink(RuleIds.LayerNotStaged));

    public static readonly DiagnosticDescriptor NoTensorInput = new(
        RuleIds.NoTensorInput, "Staged model without a tensor to pass on",
        "'{0}' declares stages, so the first input of its forward must be a Tensor",
        Model, DiagnosticSeverity.Error, true,
        "The first input flows from stage to stage.",
        RuleIds.HelpLink(RuleIds.NoTensorInput));

    public static readonly DiagnosticDescriptor NameTaken = new(
        RuleIds.NameTaken, "Name is needed by generated code",
        "'{0}' has the name of a member that is generated for '{1}'",
        Model, DiagnosticSeverity.Error, true,
        "Generated code and the class would declare the same name twice.",
        RuleIds.HelpLink(RuleIds.NameTaken));

    public static readonly DiagnosticDescriptor OptimizerName = new(
        RuleIds.OptimizerName, "Name of the optimizer cannot be used",
        "The optimizer of '{0}' cannot be named '{1}': {2}",
        Model, DiagnosticSeverity.Error, true,
        "The optimizer is a class beside the model; OptimizerName in [SamModel] gives it another name.",
        RuleIds.HelpLink(RuleIds.OptimizerName));

    public static readonly DiagnosticDescriptor ComponentsNotRegistered = new(
        RuleIds.ComponentsNotRegistered, "Constructor does not call RegisterComponents",
        "'{0}' is constructed without a call of RegisterComponents(), so parameters(), to() and save() see none of its members",
        Model, DiagnosticSeverity.Warning, true,
        "A module's fields become its components when RegisterComponents is called at the end of its constructor.",
        RuleIds.HelpLink(RuleIds.ComponentsNotRegistered));

    public static readonly DiagnosticDescriptor PlainCollectionOfModules = new(
        RuleIds.PlainCollectionOfModules, "Modules in a plain collection",
        "'{0}' is a {1}, which registers none of its modules; use {2}",
        Model, DiagnosticSeverity.Warning, true,
        "TorchSharp sees modules in fields, ModuleList and ModuleDict, and none in arrays, lists and dictionaries.",
        RuleIds.HelpLink(RuleIds.PlainCollectionOfModules));

    public static readonly DiagnosticDescriptor StepWithoutClosure = new(
        RuleIds.StepWithoutClosure, "step() without a closure",
        "'{0}' evaluates the loss twice a step and needs a closure that computes it",
        Usage, DiagnosticSeverity.Warning, true,
        "Sharpness-aware minimization takes the gradient at the weights and again at the perturbed weights.",
        RuleIds.HelpLink(RuleIds.StepWithoutClosure));

    public static readonly DiagnosticDescriptor ClosureCallsBackward = new(
        RuleIds.ClosureCallsBackward, "Closure calls backward",
        "The optimizer runs the backward pass; a closure that calls '{0}' does it twice",
        Usage, DiagnosticSeverity.Warning, true,
        "The closure returns the loss, and the optimizer differentiates it.",
        RuleIds.HelpLink(RuleIds.ClosureCallsBackward));

    public static readonly DiagnosticDescriptor ClosureWithoutGradients = new(
        RuleIds.ClosureWithoutGradients, "Loss computed without gradients",
        "The loss is computed under '{0}' and has no gradients",
        Usage, DiagnosticSeverity.Warning, true,
        "Without a graph there is nothing to differentiate.",
        RuleIds.HelpLink(RuleIds.ClosureWithoutGradients));

    public static readonly DiagnosticDescriptor LossOutsideClosure = new(
        RuleIds.LossOutsideClosure, "Loss computed outside the closure",
        "'{0}' was computed before the step, so the second pass does not see the perturbed weights",
        Usage, DiagnosticSeverity.Warning, true,
        "The closure has to run the forward pass anew each time that it is called.",
        RuleIds.HelpLink(RuleIds.LossOutsideClosure));

    public static readonly DiagnosticDescriptor OptimizerBeforeMove = new(
        RuleIds.OptimizerBeforeMove, "Model moved after its optimizer was built",
        "'{0}' was built before this call, which replaces the parameters of '{1}'; build it afterwards",
        Usage, DiagnosticSeverity.Warning, true,
        "Moving or converting a module replaces its parameters; an optimizer built before trains the old ones.",
        RuleIds.HelpLink(RuleIds.OptimizerBeforeMove));

    public static readonly DiagnosticDescriptor DuplicateLayerName = new(
        RuleIds.DuplicateLayerName, "Two layers have the same name",
        "'{0}' has the layer name '{1}', and so has '{2}'; the second is left out",
        Model, DiagnosticSeverity.Warning, true,
        "A layer's name tells it apart in reports, groups and checkpoints.",
        RuleIds.HelpLink(RuleIds.DuplicateLayerName));

    public static readonly DiagnosticDescriptor QuantizedLayer = new(
        RuleIds.QuantizedLayer, "Layer is quantized",
        "'{0}' is quantized and cannot be a layer: {1}",
        Model, DiagnosticSeverity.Warning, true,
        "Quantized weights are integers: they have no gradients, and cannot be moved by a small perturbation.",
        RuleIds.HelpLink(RuleIds.QuantizedLayer));

    public static readonly DiagnosticDescriptor SparseEmbedding = new(
        RuleIds.SparseEmbedding, "Embedding has sparse gradients",
        "'{0}' makes an embedding with sparse gradients, which the optimizer cannot use; leave out 'sparse: true'",
        Model, DiagnosticSeverity.Warning, true,
        "Norms, perturbations and updates are computed over dense gradients of many parameters at once.",
        RuleIds.HelpLink(RuleIds.SparseEmbedding));

    public static readonly DiagnosticDescriptor TensorField = new(
        RuleIds.TensorField, "Tensor field becomes a buffer",
        "'{0}' is a plain Tensor, so it becomes a buffer: saved and moved with the model, and never trained",
        Model, DiagnosticSeverity.Info, true,
        "RegisterComponents registers Tensor fields as buffers. A weight is a Parameter; [SamIgnore] says that a buffer is meant.",
        RuleIds.HelpLink(RuleIds.TensorField));

    public static readonly DiagnosticDescriptor SharedLayer = new(
        RuleIds.SharedLayer, "One instance in two layers",
        "{0}; a parameter belongs to one layer",
        Model, DiagnosticSeverity.Warning, true,
        "Weights in two layers would be perturbed and updated twice a step, so the optimizer refuses such a model.",
        RuleIds.HelpLink(RuleIds.SharedLayer));

    public static readonly DiagnosticDescriptor HiddenRunningStatistics = new(
        RuleIds.HiddenRunningStatistics, "Running statistics are hidden from the optimizer",
        "'{0}' updates running statistics that the optimizer does not find: {1}",
        Model, DiagnosticSeverity.Warning, true,
        "The second pass of a step, at perturbed weights, must not move running statistics; the optimizer holds those of registered modules.",
        RuleIds.HelpLink(RuleIds.HiddenRunningStatistics));

    public static readonly DiagnosticDescriptor OptionOutOfRange = new(
        RuleIds.OptionOutOfRange, "Option is out of its range",
        "'{0}' is {1}, but must be {2}",
        Usage, DiagnosticSeverity.Warning, true,
        "Options are checked when they are set; a value out of its range throws.",
        RuleIds.HelpLink(RuleIds.OptionOutOfRange));

    public static readonly DiagnosticDescriptor ReflectedRegistration = new(
        RuleIds.ReflectedRegistration, "Components are registered by reflection",
        "'{0}' finds its components by reflection, which finds none in a trimmed or native build; {1}",
        Model, DiagnosticSeverity.Warning, true,
        "TorchSharp's RegisterComponents looks for fields by reflection, and the trimmer may have taken them away.",
        RuleIds.HelpLink(RuleIds.ReflectedRegistration));

    public static readonly DiagnosticDescriptor ZeroAsElementType = new(
        RuleIds.ZeroAsElementType, "Dimension 0 is taken for an element type",
        "The 0 in this call of '{0}' is an element type, ScalarType.Byte, and not the dimension",
        Usage, DiagnosticSeverity.Warning, true,
        "C# turns the constant 0 into any enumeration, and prefers the overload with fewer parameters left out.",
        RuleIds.HelpLink(RuleIds.ZeroAsElementType));

    public static readonly DiagnosticDescriptor MisusedBuffer = new(
        RuleIds.MisusedBuffer, "Buffer is used as something else",
        "'{0}' is a plain Tensor, so it becomes a buffer: {1}",
        Model, DiagnosticSeverity.Warning, true,
        "A buffer is registered once, as the tensor that it then is, and no optimizer trains it.",
        RuleIds.HelpLink(RuleIds.MisusedBuffer));

    public static readonly DiagnosticDescriptor LanguageTooOld = new(
        RuleIds.LanguageTooOld, "C# is older than 10",
        "'{0}' has [SamModel], and its project is compiled as C# {1}; what is generated needs C# 10 or newer",
        Model, DiagnosticSeverity.Error, true,
        "Set LangVersion to 10.0 or newer in the project file; nothing is generated for the class before.",
        RuleIds.HelpLink(RuleIds.LanguageTooOld));

    public static readonly DiagnosticDescriptor ExpandNotAModel = new(
        RuleIds.ExpandNotAModel, "Expand on what is no model",
        "'{0}' is expanded, but {1} is no [SamModel] and has no layers of its own: it is one layer",
        Model, DiagnosticSeverity.Warning, true,
        "With Expand a nested [SamModel] contributes its own layers; anything else has none to contribute.",
        RuleIds.HelpLink(RuleIds.ExpandNotAModel));

    public static readonly DiagnosticDescriptor FrozenLayerTrained = new(
        RuleIds.FrozenLayerTrained, "Frozen layer is to be trained as well",
        "'{0}' is frozen, so {1} has no effect; keep one of the two",
        Model, DiagnosticSeverity.Warning, true,
        "No step updates a frozen layer.",
        RuleIds.HelpLink(RuleIds.FrozenLayerTrained));

    public static readonly DiagnosticDescriptor SparseDeltaWithoutLayer = new(
        RuleIds.SparseDeltaWithoutLayer, "[SparseDelta] on what is no layer",
        "'{0}' has [SparseDelta] but not [SamLayer], so nothing trains it",
        Model, DiagnosticSeverity.Warning, true,
        "A salience mask chooses among the weights of a layer.",
        RuleIds.HelpLink(RuleIds.SparseDeltaWithoutLayer));

    public static readonly DiagnosticDescriptor LoraPartnerMissing = new(
        RuleIds.LoraPartnerMissing, "Low-rank pair without a partner",
        "'{0}' is the factor A of a low-rank pair, but {1}: name the factor B, as in [LoraPair(nameof(up))]",
        Model, DiagnosticSeverity.Warning, true,
        "A low-rank pair has two factors; an ILoraAdapter alone knows both of its own.",
        RuleIds.HelpLink(RuleIds.LoraPartnerMissing));

    public static readonly DiagnosticDescriptor LoraPairUnsupported = new(
        RuleIds.LoraPairUnsupported, "Member makes no low-rank pair",
        "'{0}' makes no low-rank pair: {1}",
        Model, DiagnosticSeverity.Warning, true,
        "The factors of a pair are two Parameters, two modules with one weight each, or two lists of these; an ILoraAdapter holds both.",
        RuleIds.HelpLink(RuleIds.LoraPairUnsupported));

    public static readonly DiagnosticDescriptor LoraFactorNotTrained = new(
        RuleIds.LoraFactorNotTrained, "Factor of a low-rank pair is no layer",
        "'{0}' is a part of the low-rank pair '{1}' but no layer, so the optimizer does not train it: add [SamLayer]",
        Model, DiagnosticSeverity.Warning, true,
        "The optimizer of a [SamModel] trains exactly the members with [SamLayer].",
        RuleIds.HelpLink(RuleIds.LoraFactorNotTrained));

    public static readonly DiagnosticDescriptor LoraRankMismatch = new(
        RuleIds.LoraRankMismatch, "Factors of a low-rank pair differ in rank",
        "'{0}' has rank {1}, and its partner '{2}' has rank {3}; their product needs one rank",
        Model, DiagnosticSeverity.Warning, true,
        "A is [rank, in] and B is [out, rank].",
        RuleIds.HelpLink(RuleIds.LoraRankMismatch));

    /// <summary>All rules, in the order of their ids.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(
        NotPartial, ContainingTypeNotPartial, FileLocal, NotAModule, NoLayers,
        UnsupportedMember, LayerWithoutWeights, LayerCannotBePerturbed, LayerAlsoIgnored, WeightsNotAnnotated,
        HiddenInBase, NegativeStage, StageGap, DuplicateStage, StageTypeMismatch,
        ParameterStageWithoutMethod, StagesBesideForward, LayerNotStaged, NoTensorInput, NameTaken,
        OptimizerName, ComponentsNotRegistered, PlainCollectionOfModules, StepWithoutClosure, ClosureCallsBackward,
        ClosureWithoutGradients, LossOutsideClosure, OptimizerBeforeMove, DuplicateLayerName, QuantizedLayer,
        SparseEmbedding, TensorField, SharedLayer, HiddenRunningStatistics, OptionOutOfRange,
        ReflectedRegistration, ZeroAsElementType, MisusedBuffer,
        LanguageTooOld, ExpandNotAModel, FrozenLayerTrained, SparseDeltaWithoutLayer, LoraPartnerMissing, LoraPairUnsupported,
        LoraFactorNotTrained, LoraRankMismatch);
}
