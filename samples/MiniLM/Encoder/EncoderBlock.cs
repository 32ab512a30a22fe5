using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MiniLM.Encoder;

/// <summary>One block: attention, then a feed-forward part with the exact (erf) GELU, each added to its input and normalized.</summary>
public sealed class EncoderBlock : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly SelfAttention attention;
    private readonly LayerNorm attentionNorm;
    private readonly Linear intermediate;
    private readonly Linear output;
    private readonly LayerNorm outputNorm;

    /// <summary>A block of the given dimensions.</summary>
    public EncoderBlock(EncoderConfiguration configuration) : base(nameof(EncoderBlock))
    {
        attention = new SelfAttention(configuration);
        attentionNorm = nn.LayerNorm(configuration.HiddenSize, configuration.LayerNormEpsilon);
        intermediate = nn.Linear(configuration.HiddenSize, configuration.IntermediateSize);
        output = nn.Linear(configuration.IntermediateSize, configuration.HiddenSize);
        outputNorm = nn.LayerNorm(configuration.HiddenSize, configuration.LayerNormEpsilon);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor hidden, Tensor mask)
    {
        using var scope = NewDisposeScope();
        var attended = attentionNorm.call(hidden + attention.call(hidden, mask));
        var transformed = output.call(nn.functional.gelu(intermediate.call(attended)));
        return outputNorm.call(attended + transformed).MoveToOuterDisposeScope();
    }
}
