using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Benchmarks.Model;

/// <summary>Self-attention and a feed-forward network, each followed by layer normalization.</summary>
internal sealed class EncoderBlock : nn.Module<Tensor, Tensor>
{
    private readonly int _heads;
    private readonly Linear query, key, value, output;
    private readonly LayerNorm norm1, norm2;
    private readonly Linear expand, contract;

    public EncoderBlock(int width, int heads)
        : base(nameof(EncoderBlock))
    {
        _heads = heads;
        query = nn.Linear(width, width);
        key = nn.Linear(width, width);
        value = nn.Linear(width, width);
        output = nn.Linear(width, width);
        norm1 = nn.LayerNorm(width);
        norm2 = nn.LayerNorm(width);
        expand = nn.Linear(width, 4 * width);
        contract = nn.Linear(4 * width, width);
        // By name rather than RegisterComponents(), which reflects: the publish is trimmed.
        register_module(nameof(query), query);
        register_module(nameof(key), key);
        register_module(nameof(value), value);
        register_module(nameof(output), output);
        register_module(nameof(norm1), norm1);
        register_module(nameof(norm2), norm2);
        register_module(nameof(expand), expand);
        register_module(nameof(contract), contract);
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var (batch, length, width) = (input.shape[0], input.shape[1], input.shape[2]);
        var queries = Split(query.call(input));
        var keys = Split(key.call(input));
        var values = Split(value.call(input));
        var scores = matmul(queries, keys.transpose(-2, -1)) / Math.Sqrt(width / _heads);
        var mixed = matmul(scores.softmax(-1), values).transpose(1, 2).reshape(batch, length, width);
        var hidden = norm1.call(input + output.call(mixed));
        return norm2.call(hidden + contract.call(nn.functional.gelu(expand.call(hidden)))).MoveToOuterDisposeScope();

        Tensor Split(Tensor projected) => projected.view(batch, length, _heads, width / _heads).transpose(1, 2);
    }
}
