namespace TorchSharp.Modules;

/// <summary>Base of normalizations that have a weight, a bias and running statistics for each channel.</summary>
public abstract class NormBase : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private Parameter? _weight;
    private Parameter? _bias;
    private torch.Tensor? _running_mean;
    private torch.Tensor? _running_var;
    private torch.Tensor? _num_batches_tracked;

    /// <summary>Makes a normalization.</summary>
    /// <param name="num_features">How many channels.</param>
    /// <param name="eps">What is added to the variance.</param>
    /// <param name="momentum">How far the running statistics are moved by a batch; null for the mean over all batches.</param>
    /// <param name="affine">Whether there are a weight and a bias.</param>
    /// <param name="track_running_stats">Whether there are running statistics.</param>
    /// <param name="device">Where the parameters and buffers are.</param>
    /// <param name="dtype">Their element type.</param>
    /// <param name="name">The module's name.</param>
    public NormBase(
        long num_features, double eps, double? momentum, bool affine, bool track_running_stats,
        torch.Device? device, torch.ScalarType? dtype, string name) : base(name)
    {
        (this.num_features, this.eps, this.momentum) = (num_features, eps, momentum);
        (this.affine, this.track_running_stats) = (affine, track_running_stats);

        if (affine)
        {
            weight = new Parameter(torch.empty(num_features, dtype, device));
            bias = new Parameter(torch.empty(num_features, dtype, device));
        }

        if (track_running_stats)
        {
            running_mean = torch.zeros(num_features, dtype, device);
            running_var = torch.ones(num_features, dtype, device);
            num_batches_tracked = torch.tensor(0L, torch.ScalarType.Int64, device);
        }

        reset_parameters();
    }

    /// <summary>How many channels.</summary>
    public long num_features { get; private set; }

    /// <summary>What is added to the variance.</summary>
    public double eps { get; set; }

    /// <summary>How far the running statistics are moved by a batch; null for the mean over all batches.</summary>
    public double? momentum { get; set; }

    /// <summary>Whether there are a weight and a bias.</summary>
    public bool affine { get; private set; }

    /// <summary>Whether there are running statistics.</summary>
    public bool track_running_stats { get; private set; }

    /// <summary>The weight, of shape [num_features].</summary>
    public Parameter weight
    {
        get => _weight!;
        set => SetParameter(ref _weight, nameof(weight), value);
    }

    /// <summary>The bias, of shape [num_features], or null.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => SetParameter(ref _bias, nameof(bias), value);
    }

    /// <summary>The running mean of each channel, or null.</summary>
    public torch.Tensor? running_mean
    {
        get => _running_mean;
        set => SetBuffer(ref _running_mean, nameof(running_mean), value);
    }

    /// <summary>The running variance of each channel, or null.</summary>
    public torch.Tensor? running_var
    {
        get => _running_var;
        set => SetBuffer(ref _running_var, nameof(running_var), value);
    }

    /// <summary>How many batches have moved the running statistics, or null.</summary>
    public torch.Tensor? num_batches_tracked
    {
        get => _num_batches_tracked;
        set => SetBuffer(ref _num_batches_tracked, nameof(num_batches_tracked), value);
    }

    /// <summary>Sets the running mean to zeros and the running variance to ones.</summary>
    public void reset_running_stats()
    {
        if (!track_running_stats) return;
        torch.nn.init.zeros_(_running_mean!);
        torch.nn.init.ones_(_running_var!);
        torch.nn.init.zeros_(_num_batches_tracked!);
    }

    /// <summary>Sets the running statistics to their initial values, the weight to ones and the bias to zeros.</summary>
    public void reset_parameters()
    {
        reset_running_stats();
        InitialValues.Identity(_weight, _bias);
    }

    /// <summary>Throws if the input has not as many dimensions as it must have.</summary>
    /// <param name="input">The input.</param>
    protected abstract void ValidateInputDimensions(torch.Tensor input);

    private protected Parameter? WeightOrNull => _weight;

    private protected void CheckDimensions(torch.Tensor input, long least, long most)
    {
        var dimensions = input.dim();
        if (dimensions >= least && dimensions <= most) return;
        var valid = least == most ? $"{least}" : $"{least} or {most}";
        throw new ArgumentException($"{GetName()} takes an input of {valid} dimensions, but input has {dimensions}.", nameof(input));
    }

    private protected override void SetComponent(string name, torch.Tensor replacement)
    {
        switch (name)
        {
            case nameof(weight): weight = (Parameter)replacement; break;
            case nameof(bias): bias = (Parameter)replacement; break;
            case nameof(running_mean): running_mean = replacement; break;
            case nameof(running_var): running_var = replacement; break;
            default: num_batches_tracked = replacement; break;
        }
    }
}
