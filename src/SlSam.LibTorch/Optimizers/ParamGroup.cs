namespace TorchSharp.Modules;

/// <summary>Parameters that share options.</summary>
public class ParamGroup : torch.optim.ILearningRateController
{
    /// <summary>The parameters.</summary>
    public IEnumerable<Parameter> Parameters { get; set; } = [];

    /// <summary>Their options; null for the optimizer's.</summary>
    public OptimizerOptions Options { get; set; } = null!;

    /// <summary>The learning rate.</summary>
    public double LearningRate
    {
        get => Options.LearningRate!.Value;
        set => Options.LearningRate = value;
    }

    /// <summary>The learning rate that schedulers start from.</summary>
    public double InitialLearningRate
    {
        get => Options.InitialLearningRate;
        set => Options.InitialLearningRate = value;
    }
}

/// <summary>Parameters that share options of one optimizer.</summary>
/// <typeparam name="TOptions">Type of the options.</typeparam>
public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
{
    /// <summary>Makes a group without parameters.</summary>
    public ParamGroup()
    {
    }

    /// <summary>Makes a group.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="options">Their options; null for the optimizer's.</param>
    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        base.Options = options!;
    }

    /// <summary>The options; null for the optimizer's.</summary>
    public new TOptions Options
    {
        get => (TOptions)base.Options;
        set => base.Options = value;
    }
}

/// <summary>Options of a group of parameters.</summary>
public class OptimizerOptions
{
    /// <summary>The learning rate; null for the optimizer's.</summary>
    public double? LearningRate { get; set; }

    /// <summary>The learning rate that schedulers start from.</summary>
    public double InitialLearningRate { get; set; }

    /// <summary>Takes the values of other options over.</summary>
    /// <param name="source">The others, of the same type.</param>
    public virtual void LoadStateDict(OptimizerOptions source) =>
        (LearningRate, InitialLearningRate) = (source.LearningRate, source.InitialLearningRate);

    /// <summary>Reads the options.</summary>
    /// <param name="reader">Where from.</param>
    public virtual void LoadStateDict(BinaryReader reader)
    {
        InitialLearningRate = reader.ReadDouble();
        LearningRate = reader.ReadDouble();
    }

    /// <summary>Writes the options, all of which must be set.</summary>
    /// <param name="writer">Where to.</param>
    public virtual void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(InitialLearningRate);
        writer.Write(LearningRate!.Value);
    }
}

/// <summary>What an optimizer keeps for one parameter.</summary>
public abstract class OptimizerState
{
    /// <summary>The parameter.</summary>
    protected Parameter _parameter;

    /// <summary>Makes a state.</summary>
    /// <param name="parameter">The parameter.</param>
    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    /// <summary>Sets the state to what it is before the first step.</summary>
    /// <param name="options">The options of the parameter's group.</param>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>Copies another state.</summary>
    /// <param name="source">The other, of the same type.</param>
    public abstract void LoadStateDict(OptimizerState source);

    /// <summary>Reads the state.</summary>
    /// <param name="reader">Where from.</param>
    public abstract void LoadStateDict(BinaryReader reader);

    /// <summary>Writes the state.</summary>
    /// <param name="writer">Where to.</param>
    public abstract void SaveStateDict(BinaryWriter writer);

    /// <summary>Whether another state has nearly the same values.</summary>
    /// <param name="other">The other.</param>
    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    /// <summary>Moves the state.</summary>
    /// <param name="device">Where to.</param>
    public virtual void to(torch.Device device)
    {
    }

    /// <summary>Reads a tensor that may be absent.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="result">The tensor, or null; the old one is disposed.</param>
    /// <param name="device">Where the tensor is to be.</param>
    protected static void LoadConditionalStateTensor(BinaryReader reader, ref torch.Tensor? result, torch.Device device)
    {
        result?.Dispose();
        result = null;
        if (!reader.ReadBoolean()) return;

        using var read = TensorStream.Read(reader);
        result = read.to(device, copy: true).DetachFromDisposeScope();
    }

    /// <summary>Writes a tensor that may be absent.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="tensor">The tensor, or null.</param>
    protected static void SaveConditionalStateTensor(BinaryWriter writer, torch.Tensor? tensor)
    {
        writer.Write(tensor is not null);
        if (tensor is not null) TensorStream.Write(writer, tensor);
    }

    private protected torch.Tensor Zeros() => torch.zeros_like(_parameter).DetachFromDisposeScope();

    private protected static void Move(ref torch.Tensor? tensor, torch.Device device)
    {
        if (tensor is not { } old) return;
        tensor = old.to(device, copy: true).DetachFromDisposeScope();
        old.Dispose();
    }

    private protected void Copy(ref torch.Tensor? tensor, torch.Tensor? source)
    {
        tensor?.Dispose();
        tensor = source?.to(_parameter.device, copy: true).DetachFromDisposeScope();
    }

    private protected static bool Near(torch.Tensor? left, torch.Tensor? right) =>
        left is null || right is null ? left is null && right is null : left.allclose(right);
}
