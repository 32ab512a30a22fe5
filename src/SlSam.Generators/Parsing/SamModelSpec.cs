namespace SlSam.Generators.Parsing;

/// <summary>
/// Everything the emitter needs to print a model's code, and nothing that ties it to a compilation: equal sources give equal specs.
/// Types and members are spelled as C# would write them.
/// </summary>
internal sealed record SamModelSpec
{
    /// <summary>The name of the generated file, unique in the compilation.</summary>
    public required string HintName { get; init; }

    public required DeclarationSpec Declaration { get; init; }

    /// <summary>Null when the class writes its own RegisterComponents, or has nothing to register.</summary>
    public RegistrationSpec? Registration { get; init; }

    /// <summary>The layers that this class adds to those of its base model.</summary>
    public required EquatableArray<LayerSpec> Layers { get; init; }

    /// <summary>The low-rank pairs that this class adds to those of its base model.</summary>
    public required EquatableArray<LoraPairSpec> LoraPairs { get; init; }

    /// <summary>Whether a base class is a [SamModel] too, whose layers come first.</summary>
    public required bool ExtendsModel { get; init; }

    /// <summary>Whether a base model has low-rank pairs, which come first.</summary>
    public required bool ExtendsLoraPairs { get; init; }

    /// <summary>Null when the model writes its own forward.</summary>
    public StagingSpec? Staging { get; init; }

    /// <summary>
    /// The forward that faulty stages could not be made into: one that throws takes its place, since csc shows no analyzer's message beside its
    /// own that the class does not implement forward. Null when there are stages, or none are declared.
    /// </summary>
    public ForwardSpec? MissingForward { get; init; }

    /// <summary>Null when its name is not free.</summary>
    public OptimizerSpec? Optimizer { get; init; }
}

/// <summary>Where the class is declared, and how.</summary>
internal sealed record DeclarationSpec
{
    /// <summary>Null for the global namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>Outermost first; each as in <c>partial class Outer&lt;T&gt;</c>.</summary>
    public required EquatableArray<string> ContainingTypes { get; init; }

    /// <summary>The class's name as in source, with an @ where it needs one.</summary>
    public required string Name { get; init; }

    /// <summary>The class as any other names it, from <c>global::</c>.</summary>
    public required string FullName { get; init; }

    /// <summary>As in <c>&lt;T, U&gt;</c>; empty when the class is not generic.</summary>
    public required string TypeParameters { get; init; }

    /// <summary>As in <c>where T : class</c>.</summary>
    public required EquatableArray<string> Constraints { get; init; }

    public required string Accessibility { get; init; }

    public required bool IsSealed { get; init; }
}

/// <summary>The override of RegisterComponents.</summary>
internal sealed record RegistrationSpec(bool CallsBase, EquatableArray<ComponentSpec> Components);

/// <summary>How a member is registered.</summary>
internal enum ComponentForm
{
    Module,
    Parameter,

    /// <summary>Declared as a Tensor: a buffer, unless it holds a Parameter.</summary>
    Tensor,

    /// <summary>Declared as an interface: registered if it holds a module.</summary>
    Interface,
}

/// <summary>A field or auto-property that TorchSharp is to know under a name.</summary>
internal sealed record ComponentSpec(string Name, string Member, ComponentForm Form)
{
    /// <summary>The name under which a base class may have registered it, by reflection.</summary>
    public string? OtherName { get; init; }
}

/// <summary>What a member contributes to the layer table.</summary>
internal enum LayerForm
{
    Module,
    ModuleList,
    Parameter,

    /// <summary>A model, which contributes its own layers.</summary>
    Model,

    /// <summary>A list of models, which contribute their own layers.</summary>
    ModelList,
}

/// <summary>A layer, a list of layers, or the layers of nested models.</summary>
internal sealed record LayerSpec(string Name, string Member, LayerForm Form, LayerKind Kind)
{
    /// <summary>The member may be null, and is no layer then.</summary>
    public bool IsNullable { get; init; }

    public bool AlwaysActive { get; init; }

    public bool Frozen { get; init; }

    public bool SparseDelta { get; init; }

    public bool DrawsRandomNumbers { get; init; }

    /// <summary>What the user says a forward pass costs; not a cost when nothing valid is said of it.</summary>
    public double Cost { get; init; } = double.NaN;

    /// <summary>Of nested models: whether their stages are this model's too. If not, each of them is one stage.</summary>
    public bool HasStages { get; init; }

    /// <summary>Null when the layer is in no stage.</summary>
    public StageOffset? Stage { get; init; }
}

/// <summary>What a member contributes to the low-rank pairs.</summary>
internal enum LoraPairForm
{
    /// <summary>Two factors.</summary>
    Factors,

    /// <summary>Two lists of factors, of one length.</summary>
    FactorLists,

    Adapter,
    AdapterList,

    /// <summary>A nested model that may have pairs.</summary>
    Model,
    ModelList,
}

/// <summary>A low-rank pair, or several.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Member">The member: of a pair of factors, the factor A.</param>
/// <param name="Form">What the member contributes.</param>
/// <param name="IsNullable">The member may be null, and is no pair then.</param>
internal sealed record LoraPairSpec(string Name, string Member, LoraPairForm Form, bool IsNullable)
{
    /// <summary>The factor B; null where there are no two members.</summary>
    public string? Partner { get; init; }

    /// <summary>The factor B may be null, and there is no pair then.</summary>
    public bool IsPartnerNullable { get; init; }
}

/// <summary>
/// A number of stages that is known when the program runs: those of the base model, so many of this one, and those of these lists and
/// nested models.
/// </summary>
/// <param name="Position">The position that begins there, as declared.</param>
/// <param name="AfterBase">Whether the base model's stages come before.</param>
/// <param name="Constant">How many single stages come before.</param>
/// <param name="Groups">The lists and nested models that come before.</param>
internal sealed record StageOffset(int Position, bool AfterBase, int Constant, EquatableArray<StageGroup> Groups)
{
    /// <summary>Whether it takes so much to compute that a method does it.</summary>
    public bool IsLong => Groups.Count > 2 || HasModelList();

    private bool HasModelList()
    {
        foreach (var group in Groups)
        {
            if (group.Form == StageForm.ModelList)
                return true;
        }

        return false;
    }
}

/// <summary>A list whose elements are a stage each, a nested model, or a list of nested models.</summary>
internal sealed record StageGroup(StageForm Form, string Member, bool IsNullable);

/// <summary>The forward pass as a chain of stages.</summary>
internal sealed record StagingSpec
{
    /// <summary>The model's own inputs; the first is the one that flows from stage to stage.</summary>
    public required EquatableArray<InputSpec> Inputs { get; init; }

    /// <summary>What forward returns.</summary>
    public required string ResultType { get; init; }

    /// <summary>Whether the last stage returns a Tensor as the others do; if not, it is run apart from them.</summary>
    public required bool ResultIsTensor { get; init; }

    /// <summary>Whether a base model has stages too, which come first.</summary>
    public required bool ExtendsBase { get; init; }

    /// <summary>The stages of this class, in order.</summary>
    public required EquatableArray<StageSpec> Stages { get; init; }

    /// <summary>How many stages there are.</summary>
    public required StageOffset Count { get; init; }
}

/// <summary>The signature of a model's forward.</summary>
internal sealed record ForwardSpec(EquatableArray<InputSpec> Inputs, string ResultType);

/// <summary>An input of the model.</summary>
internal sealed record InputSpec(string Name, string Type, bool CanBeChecked);

/// <summary>What runs a stage.</summary>
internal enum StageForm
{
    Module,
    ModuleList,
    Method,

    /// <summary>A static method whose name a parameter or local has: it is called through the class.</summary>
    HiddenStaticMethod,

    /// <summary>A nested model, whose stages are run one at a time.</summary>
    Model,
    ModelList,
}

/// <summary>A stage, or a list of stages.</summary>
/// <param name="Form">What runs it.</param>
/// <param name="Member">The member that runs it.</param>
/// <param name="FurtherInputs">How many of the model's inputs after the first it takes.</param>
/// <param name="IsNullable">The member may be null: a module then lets its input through, a list or nested model has no stages.</param>
/// <param name="Offset">The number of its first stage.</param>
internal sealed record StageSpec(StageForm Form, string Member, int FurtherInputs, bool IsNullable, StageOffset Offset);

/// <summary>The generated optimizer.</summary>
internal sealed record OptimizerSpec(string Name);
