using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MiniLM.Encoder;

/// <summary>Multi-head scaled dot-product attention of a sequence to itself.</summary>
public sealed class SelfAttention : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Linear query;
    private readonly Linear key;
    private readonly Linear value;
    private readonly Linear output;
    private readonly int heads;

    /// <summary>Attention of the given dimensions.</summary>
    public SelfAttention(EncoderConfiguration configuration) : base(nameof(SelfAttention))
    {
        heads = configuration.Heads;
        query = nn.Linear(configuration.HiddenSize, configuration.HiddenSize);
        key = nn.Linear(configuration.HiddenSize, configuration.HiddenSize);
        value = nn.Linear(configuration.HiddenSize, configuration.HiddenSize);
        output = nn.Linear(configuration.HiddenSize, configuration.HiddenSize);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor hidden, Tensor mask)
    {
        using var scope = NewDisposeScope();
        long batch = hidden.shape[0], length = hidden.shape[1], width = hidden.shape[2];

        // Heads and batch are one dimension, so that each product is one batched matrix multiplication. Not baddbmm, which would scale and add the mask on
        // its way: TorchSharp 0.107.0 hands it its arguments in another order.
        Tensor ByHead(Linear projection) => projection.call(hidden)
            .view(batch, length, heads, width / heads).transpose(1, 2).reshape(batch * heads, length, width / heads);
        var maskByHead = mask.expand(batch, heads, 1, length).reshape(batch * heads, 1, length);
        float scale = 1 / MathF.Sqrt(width / heads);

        var scores = ByHead(query).mul(scale).bmm(ByHead(key).transpose(1, 2)).add_(maskByHead);
        var context = scores.softmax(-1).bmm(ByHead(value));
        var joined = context.view(batch, heads, length, width / heads).transpose(1, 2).reshape(batch, length, width);
        return output.call(joined).MoveToOuterDisposeScope();
    }
}
