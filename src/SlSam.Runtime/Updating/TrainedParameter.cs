using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>A parameter that an optimizer trains.</summary>
/// <param name="index">Its position among all of them.</param>
/// <param name="arm">The index of its arm, or <see cref="NoArm"/>.</param>
/// <param name="name">Its name inside its layer; empty where the layer is the parameter.</param>
/// <param name="parameter">The parameter.</param>
/// <param name="group">The group that holds its learning rate.</param>
internal sealed class TrainedParameter(int index, int arm, string name, Parameter parameter, LayerGroup group) : IDisposable
{
    /// <summary>In place of an arm's index: the parameter's layer is always active.</summary>
    public const int NoArm = -1;

    public int Index { get; } = index;

    public int Arm { get; } = arm;

    /// <summary>Its name inside its layer; empty where the layer is the parameter.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Whether the parameter is a bias, as its name says, or that of the layer which it is: <c>bias</c>, <c>inner.bias</c>, <c>in_proj_bias</c>, <c>outputBias</c>.
    /// </summary>
    public bool IsBias { get; } = LastPart(name.Length > 0 ? name : group.Layer.Name).Contains("bias", StringComparison.OrdinalIgnoreCase);

    public Parameter Parameter { get; } = parameter;

    /// <summary>How many numbers the parameter has.</summary>
    public long Size { get; } = parameter.numel();

    /// <summary>How many dimensions it has.</summary>
    public long Dimensions { get; } = parameter.dim();

    /// <summary>Whether the update is done on a float32 copy of what is trained, of which the weight is the rounding.</summary>
    public bool KeepsMaster { get; } = NeedsMaster(parameter, group);

    /// <summary>The type of the numbers that are updated.</summary>
    public ScalarType Type { get; } = NeedsMaster(parameter, group) ? ScalarType.Float32 : parameter.dtype;

    public LayerGroup Group { get; } = group;

    /// <summary>Its learning rate as a multiple of its group's: not 1 for the factor B of a pair under LoRA+.</summary>
    public double LearningRateRatio { get; set; } = 1;

    /// <summary>Its learning rate now.</summary>
    public double LearningRate => Group.LearningRate * LearningRateRatio;

    /// <summary>Its weight decay now.</summary>
    public double WeightDecay => Group.WeightDecayOf(Dimensions);

    /// <summary>The entries that are trained; null where all of them are.</summary>
    public MaskedEntries? Mask { get; private set; }

    /// <summary>The float32 copy of a parameter that is trained whole; null where there is none yet, or none is kept.</summary>
    public MasterWeight? Master { get; private set; }

    /// <summary>
    /// What a step measures, saves, perturbs and updates: the parameter, its master, or the vector of its trained entries. Its gradient is the step's.
    /// </summary>
    public Tensor Value => Mask?.Values ?? Master?.Values ?? Parameter;

    /// <summary>How many numbers are trained.</summary>
    public long Count => Mask?.Count ?? Size;

    /// <summary>The L2 norm of the gradient that the step is about to apply.</summary>
    public double GradientNorm { get; set; } = double.NaN;

    /// <summary>Makes the master if there is to be one, now that the parameter is to be trained.</summary>
    public void Prepare()
    {
        if (KeepsMaster && Mask is null && !Parameter.IsInvalid)
        {
            Master ??= new MasterWeight(Parameter);
        }
    }

    /// <summary>Trains other entries from now on; null: all of them.</summary>
    public void SetMask(MaskedEntries? mask)
    {
        Dispose();
        Mask = mask;
    }

    /// <summary>Frees what stands in for the parameter.</summary>
    public void Dispose()
    {
        Mask?.Dispose();
        Master?.Dispose();
        (Mask, Master) = (null, null);
    }

    private static bool NeedsMaster(Parameter parameter, LayerGroup group) =>
        group.Rule.MasterWeights && parameter.dtype is ScalarType.Float16 or ScalarType.BFloat16;

    private static string LastPart(string path) => path[(path.LastIndexOf('.') + 1)..];
}
