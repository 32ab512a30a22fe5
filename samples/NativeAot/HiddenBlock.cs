using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NativeAot;

/// <summary>A normalized hidden layer around which its input passes.</summary>
public sealed class HiddenBlock : nn.Module<Tensor, Tensor>
{
    private readonly LayerNorm norm;
    private readonly Linear linear;

    /// <summary>Makes the block with random weights.</summary>
    /// <param name="width">The number of hidden units.</param>
    public HiddenBlock(int width)
        : base(nameof(HiddenBlock))
    {
        norm = nn.LayerNorm(width);
        linear = nn.Linear(width, width);
        register_module(nameof(norm), norm);
        register_module(nameof(linear), linear);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => input + linear.call(norm.call(input)).relu();
}
