namespace SlSam.Analyzers.Diagnostics;

/// <summary>The id of every rule. An id is never given to another rule.</summary>
internal static class RuleIds
{
    public const string NotPartial = "SLSAM001";
    public const string ContainingTypeNotPartial = "SLSAM002";
    public const string FileLocal = "SLSAM003";
    public const string NotAModule = "SLSAM004";
    public const string NoLayers = "SLSAM005";
    public const string UnsupportedMember = "SLSAM006";
    public const string LayerWithoutWeights = "SLSAM007";
    public const string LayerCannotBePerturbed = "SLSAM008";
    public const string LayerAlsoIgnored = "SLSAM009";
    public const string WeightsNotAnnotated = "SLSAM010";
    public const string HiddenInBase = "SLSAM011";
    public const string NegativeStage = "SLSAM012";
    public const string StageGap = "SLSAM013";
    public const string DuplicateStage = "SLSAM014";
    public const string StageTypeMismatch = "SLSAM015";
    public const string ParameterStageWithoutMethod = "SLSAM016";
    public const string StagesBesideForward = "SLSAM017";
    public const string LayerNotStaged = "SLSAM018";
    public const string NoTensorInput = "SLSAM019";
    public const string NameTaken = "SLSAM020";
    public const string OptimizerName = "SLSAM021";
    public const string ComponentsNotRegistered = "SLSAM022";
    public const string PlainCollectionOfModules = "SLSAM023";
    public const string StepWithoutClosure = "SLSAM024";
    public const string ClosureCallsBackward = "SLSAM025";
    public const string ClosureWithoutGradients = "SLSAM026";
    public const string LossOutsideClosure = "SLSAM027";
    public const string OptimizerBeforeMove = "SLSAM028";
    public const string DuplicateLayerName = "SLSAM029";
    public const string QuantizedLayer = "SLSAM030";
    public const string SparseEmbedding = "SLSAM031";
    public const string TensorField = "SLSAM032";
    public const string SharedLayer = "SLSAM033";
    public const string HiddenRunningStatistics = "SLSAM034";
    public const string OptionOutOfRange = "SLSAM035";
    public const string ReflectedRegistration = "SLSAM036";
    public const string ZeroAsElementType = "SLSAM037";
    public const string MisusedBuffer = "SLSAM038";
    public const string LanguageTooOld = "SLSAM040";
    public const string ExpandNotAModel = "SLSAM041";
    public const string FrozenLayerTrained = "SLSAM042";
    public const string SparseDeltaWithoutLayer = "SLSAM043";
    public const string LoraPartnerMissing = "SLSAM044";
    public const string LoraPairUnsupported = "SLSAM045";
    public const string LoraFactorNotTrained = "SLSAM046";
    public const string LoraRankMismatch = "SLSAM047";

    private const string HelpBase = "https://github.com/slsam/slsam/blob/main/docs/rules/";

    /// <summary>The address of a rule's page.</summary>
    public static string HelpLink(string id) => HelpBase + id + ".md";
}
