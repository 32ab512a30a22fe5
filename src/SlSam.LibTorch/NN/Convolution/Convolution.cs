namespace TorchSharp.Modules;

/// <summary>Base of convolutions.</summary>
public abstract class Convolution : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    /// <summary>The bias, or null.</summary>
    protected Parameter? _bias;

    /// <summary>The kernels.</summary>
    protected Parameter? _weight;

    /// <summary>The padding as <c>functional.pad</c> takes it: before and after, the last dimension first.</summary>
    protected long[] _reversed_padding_repeated_twice = [];

    /// <summary>Makes a convolution.</summary>
    /// <param name="name">The module's name.</param>
    /// <param name="in_channels">Channels of the input.</param>
    /// <param name="out_channels">Channels of the result.</param>
    /// <param name="kernel_size">Sizes of the kernel.</param>
    /// <param name="stride">Steps of the kernel.</param>
    /// <param name="padding">Elements on each side, or null.</param>
    /// <param name="padding_type">How much padding, instead of numbers; or null.</param>
    /// <param name="dilation">Distances of the kernel's elements.</param>
    /// <param name="transposed">Whether it is the transposed convolution.</param>
    /// <param name="output_padding">Additional size of a transposed convolution's result.</param>
    /// <param name="groups">Into how many independent groups the channels are divided.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="padding_mode">What is beyond the edge.</param>
    /// <param name="device">Where the parameters are.</param>
    /// <param name="dtype">Their element type.</param>
    protected Convolution(
        string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type,
        long[] dilation, bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode,
        torch.Device? device = null, torch.ScalarType? dtype = null) : base(name)
    {
        if (groups < 1 || in_channels % groups != 0 || out_channels % groups != 0)
            throw new ArgumentException(
                $"The channels, {in_channels} and {out_channels}, must be multiples of groups, but groups is {groups}.", nameof(groups));

        (this.in_channels, this.out_channels, this.groups, this.transposed) = (in_channels, out_channels, groups, transposed);
        (this.kernel_size, this.stride, this.dilation, this.output_padding) = (kernel_size, stride, dilation, output_padding);
        this.padding_mode = padding_mode;
        if (padding_type is { } type) SetPadding(type);
        else SetPadding(padding ?? new long[kernel_size.Length]);

        long[] shape = transposed
            ? [in_channels, out_channels / groups, .. kernel_size]
            : [out_channels, in_channels / groups, .. kernel_size];
        weight = new Parameter(torch.empty(shape, dtype, device));
        if (bias) this.bias = new Parameter(torch.empty(out_channels, dtype, device));
        reset_parameters();
    }

    /// <summary>Channels of the input.</summary>
    public long in_channels { get; }

    /// <summary>Channels of the result.</summary>
    public long out_channels { get; }

    /// <summary>Whether it is the transposed convolution.</summary>
    public bool transposed { get; }

    /// <summary>How much padding, instead of numbers; or null.</summary>
    public Padding? padding_type { get; private set; }

    /// <summary>Elements on each side, or null.</summary>
    public long[]? padding { get; private set; }

    /// <summary>What is beyond the edge.</summary>
    public PaddingModes padding_mode { get; set; }

    /// <summary>Into how many independent groups the channels are divided.</summary>
    public long groups { get; set; }

    /// <summary>Sizes of the kernel.</summary>
    public long[] kernel_size { get; set; }

    /// <summary>Steps of the kernel.</summary>
    public long[] stride { get; set; }

    /// <summary>Distances of the kernel's elements.</summary>
    public long[] dilation { get; set; }

    /// <summary>Additional size of a transposed convolution's result.</summary>
    public long[] output_padding { get; set; }

    /// <summary>The kernels, of shape [out_channels, in_channels / groups, ..].</summary>
    public Parameter weight
    {
        get => _weight!;
        set => SetParameter(ref _weight, nameof(weight), value);
    }

    /// <summary>The bias, of shape [out_channels], or null.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => SetParameter(ref _bias, nameof(bias), value);
    }

    /// <summary>Draws new values for the kernels and the bias.</summary>
    public void reset_parameters() => InitialValues.FanInUniform(weight, bias);

    /// <summary>Sets the padding.</summary>
    /// <param name="padding">Elements on each side.</param>
    public void SetPadding(long[] padding)
    {
        (this.padding, padding_type) = (padding, null);
        _reversed_padding_repeated_twice = padding.Reverse().SelectMany(size => new[] { size, size }).ToArray();
    }

    /// <summary>Sets the padding.</summary>
    /// <param name="padding">How much.</param>
    /// <exception cref="ArgumentException">It is to keep the size, but a step is not 1.</exception>
    public void SetPadding(Padding padding)
    {
        if (padding == Padding.Same && stride.Any(step => step != 1))
            throw new ArgumentException($"Padding.Same needs steps of 1, but stride is [{string.Join(", ", stride)}].", nameof(padding));

        (this.padding, padding_type) = (null, padding);
        _reversed_padding_repeated_twice = new long[2 * kernel_size.Length];
        if (padding != Padding.Same) return;

        for (var i = 0; i < kernel_size.Length; i++)
        {
            var total = dilation[i] * (kernel_size[i] - 1);
            var position = 2 * (kernel_size.Length - 1 - i);
            _reversed_padding_repeated_twice[position] = total / 2;
            _reversed_padding_repeated_twice[position + 1] = total - (total / 2);
        }
    }

    /// <summary>Whether an input has the right number of dimensions and channels, with or without a batch dimension.</summary>
    /// <param name="input">The input.</param>
    /// <param name="dimensions">How many dimensions a channel has.</param>
    protected bool ValidateShape(torch.Tensor input, long dimensions)
    {
        var shape = input.shape;
        return (shape.Length == dimensions + 2 && shape[1] == in_channels) || (shape.Length == dimensions + 1 && shape[0] == in_channels);
    }

    private protected torch.Tensor Convolve(torch.Tensor input)
    {
        if (!ValidateShape(input, kernel_size.Length))
            throw new ArgumentException(
                $"{GetName()} takes an input of {kernel_size.Length + 2} dimensions (or {kernel_size.Length + 1} without a batch) " +
                $"with {in_channels} channels, " +
                $"but input has shape [{string.Join(", ", input.shape)}].", nameof(input));

        if (padding_mode != PaddingModes.Zeros)
        {
            using var padded = torch.nn.functional.pad(input, _reversed_padding_repeated_twice, padding_mode);
            return torch.nn.functional.Convolve(padded, weight, bias, stride, new long[kernel_size.Length], dilation, groups);
        }

        return padding is null
            ? torch.nn.functional.ConvolvePadded(input, weight, bias, stride, padding_type!.Value, dilation, groups)
            : torch.nn.functional.Convolve(input, weight, bias, stride, padding, dilation, groups);
    }

    private protected override void SetComponent(string name, torch.Tensor replacement)
    {
        if (name == nameof(weight)) weight = (Parameter)replacement;
        else bias = (Parameter)replacement;
    }
}
