using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// A 1-d convolution with a low-rank adapter, with A of shape [r, in, k], drawn as a new <c>Conv1d</c>'s weight is (Kaiming uniform, a = sqrt 5), and
/// B of shape [out, r, 1], at first 0.
/// </summary>
public sealed class LoraConv1d : LoraConvolution<Conv1d>
{
    /// <summary>Takes the place of a layer, and freezes it.</summary>
    /// <param name="layer">The layer, with one group; the adapter owns it from now on.</param>
    /// <param name="options">Rank, alpha and dropout; null for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="layer"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="layer"/> has more than one group, or an adapter already.</exception>
    public LoraConv1d(Conv1d layer, LoraOptions? options = null)
        : this(layer, options, attach: false)
    {
    }

    internal LoraConv1d(Conv1d layer, LoraOptions? options, bool attach)
        : base(layer, options, nameof(LoraConv1d), attach, rank => NewA(layer, rank), rank => NewB(layer, rank))
    {
    }

    private static Conv1d NewA(Conv1d layer, int rank)
    {
        var weight = layer.weight!;
        var (kernel, stride, dilation) = (layer.kernel_size[0], layer.stride[0], layer.dilation[0]);
        return layer.padding_type is { } padding
            ? nn.Conv1d(
                layer.in_channels, rank, kernel, padding, stride, dilation, layer.padding_mode,
                bias: false, device: weight.device, dtype: weight.dtype)
            : nn.Conv1d(
                layer.in_channels, rank, kernel, stride, layer.padding![0], dilation, layer.padding_mode,
                bias: false, device: weight.device, dtype: weight.dtype);
    }

    private static Conv1d NewB(Conv1d layer, int rank)
    {
        var weight = layer.weight!;
        return nn.Conv1d(rank, layer.out_channels, 1, bias: false, device: weight.device, dtype: weight.dtype);
    }
}
