using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Benchmarks.Model;

/// <summary>Random token ids and labels.</summary>
internal sealed class TokenBatch : IDisposable
{
    public TokenBatch(EncoderShape shape)
    {
        using var ids = randint(0, shape.Vocabulary, [shape.Batch, shape.Length], ScalarType.Int64);
        using var labels = randint(0, EncoderShape.Classes, [shape.Batch], ScalarType.Int64);
        Ids = ids.to(new Device(shape.Device), copy: true);
        Labels = labels.to(new Device(shape.Device), copy: true);
    }

    public Tensor Ids { get; }

    public Tensor Labels { get; }

    public static Tensor Loss(Tensor logits, Tensor labels) => nn.functional.cross_entropy(logits, labels);

    public void Dispose()
    {
        Ids.Dispose();
        Labels.Dispose();
    }
}
