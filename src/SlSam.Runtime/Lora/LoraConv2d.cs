using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// A 2-d convolution with a low-rank adapter, with A of shape [r, in, kh, kw], drawn as a new <c>Conv2d</c>'s weight is (Kaiming uniform, a = sqrt 5),
/// and B of shape [out, r, 1, 1], at first 0.
/// </summary>
public sealed class LoraConv2d : LoraConvolution<Conv2d>
{
    /// <summary>Takes the place of a layer, and freezes it.</summary>
    /// <param name="layer">The layer, with one group; the adapter owns it from now on.</param>
    /// <param name="options">Rank, alpha and dropout; null for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="layer"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="layer"/> has more than one group, or an adapter already.</exception>
    public LoraConv2d(Conv2d layer, LoraOptions? options = null)
        : this(layer, options, attach: false)
    {
    }

    internal LoraConv2d(Conv2d layer, LoraOptions? options, bool attach)
        : base(layer, options, nameof(LoraConv2d), attach, rank => NewA(layer, rank), rank => NewB(layer, rank))
    {
    }

    private static Conv2d NewA(Conv2d layer, int rank)
    {
        var weight = layer.weight!;
        var (kernel, stride, dilation) = (Pair(layer.kernel_size), Pair(layer.stride), Pair(layer.dilation));
        return layer.padding_type is { } padding
            ? nn.Conv2d(
                layer.in_channels, rank, kernel, padding, stride, dilation, layer.padding_mode,
                bias: false, device: weight.device, dtype: weight.dtype)
            : nn.Conv2d(
                layer.in_channels, rank, kernel, stride, Pair(layer.padding!), dilation, layer.padding_mode,
                bias: false, device: weight.device, dtype: weight.dtype);
    }

    private static Conv2d NewB(Conv2d layer, int rank)
    {
        var weight = layer.weight!;
        return nn.Conv2d(rank, layer.out_channels, 1, bias: false, device: weight.device, dtype: weight.dtype);
    }

    private static (long, long) Pair(long[] sizes) => (sizes[0], sizes[1]);
}
