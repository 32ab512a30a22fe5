using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// A fully connected layer with a low-rank adapter: y = W0 x + b + scale * B A x, with A of shape [r, in], drawn as a new <c>Linear</c>'s weight is
/// (Kaiming uniform, a = sqrt 5), and B of shape [out, r], at first 0.
/// </summary>
public sealed class LoraLinear : LoraAdapter
{
    private readonly Linear _layer;
    private readonly Linear _a;
    private readonly Linear _b;

    /// <summary>Takes the place of a layer, and freezes it.</summary>
    /// <param name="layer">The layer; the adapter owns it from now on.</param>
    /// <param name="options">Rank, alpha and dropout; null for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="layer"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="layer"/> has an adapter already.</exception>
    public LoraLinear(Linear layer, LoraOptions? options = null)
        : this(layer, options, attach: false)
    {
    }

    internal LoraLinear(Linear layer, LoraOptions? options, bool attach)
        : base(layer, options, nameof(LoraLinear))
    {
        _layer = layer;
        var weight = layer.weight!;
        _a = nn.Linear(weight.shape[1], Options.Rank, hasBias: false, weight.device, weight.dtype);
        _b = nn.Linear(Options.Rank, weight.shape[0], hasBias: false, weight.device, weight.dtype);
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

    private protected override Tensor Product() => B.mm(A);
}
