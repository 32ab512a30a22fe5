using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>A convolution with a low-rank adapter: A is a convolution to r channels with the layer's kernel, stride, padding and dilation, and B one
/// of kernel size 1 from these to the layer's channels.</summary>
/// <typeparam name="TConvolution">The type of the convolution and of its factors.</typeparam>
public abstract class LoraConvolution<TConvolution> : LoraAdapter
    where TConvolution : Convolution
{
    private readonly TConvolution _layer;
    private readonly TConvolution _a;
    private readonly TConvolution _b;

    private protected LoraConvolution(
        TConvolution layer, LoraOptions? options, string name, bool attach, Func<int, TConvolution> makeA, Func<int, TConvolution> makeB)
        : base(layer, options, name)
    {
        if (layer.groups != 1)
        {
            throw new ArgumentException(
                $"The {layer.GetName()} has groups = {layer.groups}, but a low-rank adapter needs a convolution with groups = 1.", nameof(layer));
        }

        _layer = layer;
        _a = makeA(Options.Rank);
        _b = makeB(Options.Rank);
        nn.init.zeros_(B);
        register_module("lora_A", _a);
        register_module("lora_B", _b);
        Start(attach);
    }

    /// <inheritdoc/>
    public override Parameter A => _a.weight!;

    /// <inheritdoc/>
    public override Parameter B => _b.weight!;

    private protected override Parameter Weight => _layer.weight!;

    private protected override Tensor Delta(Tensor input) => _b.call(Scaled(_a.call(Drop(input))));

    private protected override Tensor Product() => B.flatten(1).mm(A.flatten(1)).view(Weight.shape);
}
