using SlSam;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TinyLlama;

/// <summary>The dimensions of a Llama.</summary>
/// <param name="Width">The width of a token's vector.</param>
/// <param name="Inner">The width inside a block's feed-forward part.</param>
/// <param name="Blocks">The number of blocks.</param>
/// <param name="Heads">The number of attention heads.</param>
/// <param name="Vocabulary">The number of tokens that there are.</param>
/// <param name="Length">The most tokens that it was trained to see.</param>
internal sealed record LlamaConfiguration(int Width, int Inner, int Blocks, int Heads, int Vocabulary, int Length);

/// <summary>
/// A Llama with tied embeddings: token ids [batch, length] to logits [batch, length, vocabulary]. The table of embeddings, by far the largest weight and used at
/// both ends, stays as it is.
/// </summary>
[SamModel]
internal sealed partial class Llama : nn.Module<Tensor, Tensor>
{
    [SamLayer(Stage = 0, Frozen = true)]
    private readonly Embedding tokens;

    [SamLayer(Stage = 1)]
    private readonly ModuleList<LlamaBlock> blocks;

    [SamLayer(Stage = 2)]
    private readonly RmsNorm norm;

    public Llama(LlamaConfiguration configuration) : base(nameof(Llama))
    {
        tokens = nn.Embedding(configuration.Vocabulary, configuration.Width);
        blocks = nn.ModuleList(Enumerable.Range(0, configuration.Blocks).Select(_ => new LlamaBlock(configuration)).ToArray());
        norm = new RmsNorm(configuration.Width);
        RegisterComponents();
    }

    public Embedding Tokens => tokens;

    public IReadOnlyList<LlamaBlock> Blocks => [.. blocks];

    public RmsNorm Norm => norm;

    [SamStage(3)]
    private Tensor Logits(Tensor hidden) => nn.functional.linear(hidden, tokens.weight!);
}

/// <summary>Attention and a gated feed-forward part, each on normalized input and added to it.</summary>
internal sealed class LlamaBlock : nn.Module<Tensor, Tensor>
{
    public readonly RmsNorm attentionNorm;
    public readonly Linear query;
    public readonly Linear key;
    public readonly Linear value;
    public readonly Linear output;
    public readonly RmsNorm innerNorm;
    public readonly Linear gate;
    public readonly Linear down;
    public readonly Linear up;
    private readonly int heads;

    public LlamaBlock(LlamaConfiguration configuration) : base(nameof(LlamaBlock))
    {
        var (width, inner) = (configuration.Width, configuration.Inner);
        heads = configuration.Heads;
        attentionNorm = new RmsNorm(width);
        query = nn.Linear(width, width, hasBias: false);
        key = nn.Linear(width, width, hasBias: false);
        value = nn.Linear(width, width, hasBias: false);
        output = nn.Linear(width, width, hasBias: false);
        innerNorm = new RmsNorm(width);
        gate = nn.Linear(width, inner, hasBias: false);
        down = nn.Linear(inner, width, hasBias: false);
        up = nn.Linear(width, inner, hasBias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var hidden = input + Attend(attentionNorm.call(input));
        var normalized = innerNorm.call(hidden);
        return (hidden + down.call(gate.call(normalized).silu() * up.call(normalized))).MoveToOuterDisposeScope();
    }

    private Tensor Attend(Tensor input)
    {
        var (batch, length, width) = (input.shape[0], input.shape[1], input.shape[2]);
        Tensor ByHead(Linear projection) => projection.call(input).view(batch, length, heads, width / heads).transpose(1, 2);
        var attended = nn.functional.scaled_dot_product_attention(
            RotaryPositions.Apply(ByHead(query)), RotaryPositions.Apply(ByHead(key)), ByHead(value), is_casual: true);
        return output.call(attended.transpose(1, 2).reshape(batch, length, width));
    }
}

/// <summary>Divides by the root of the mean square, and scales.</summary>
internal sealed class RmsNorm : nn.Module<Tensor, Tensor>
{
    public readonly Parameter weight;

    public RmsNorm(int width) : base(nameof(RmsNorm))
    {
        weight = nn.Parameter(ones(width));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return (input * input.square().mean([-1], keepdim: true).add_(1e-5).rsqrt_() * weight).MoveToOuterDisposeScope();
    }
}

/// <summary>Rotary position embeddings: each pair of neighbouring numbers is turned by an angle that grows with the position.</summary>
internal static class RotaryPositions
{
    /// <param name="vectors">Queries or keys, of shape [batch, heads, length, width].</param>
    public static Tensor Apply(Tensor vectors)
    {
        var (length, pairs) = (vectors.shape[2], vectors.shape[3] / 2);
        var frequencies = arange(0, pairs, dtype: ScalarType.Float32, device: vectors.device).mul_(-Math.Log(10_000) / pairs).exp_();
        var angles = arange(0, length, dtype: ScalarType.Float32, device: vectors.device).unsqueeze(1) * frequencies;
        var (cosine, sine) = (angles.cos(), angles.sin());
        var parts = vectors.reshape(vectors.shape[0], vectors.shape[1], length, pairs, 2).unbind(4);
        return stack([(parts[0] * cosine) - (parts[1] * sine), (parts[0] * sine) + (parts[1] * cosine)], 4).view(vectors.shape);
    }
}
