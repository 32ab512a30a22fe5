using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Models;

/// <summary>Random inputs with their classes.</summary>
public sealed record Batch(Tensor Input, Tensor Target)
{
    public static Batch Random(int size, int width, int classes, ScalarType dtype = ScalarType.Float32) =>
        new(randn(size, width, dtype: dtype), randint(0, classes, [size]).to(ScalarType.Int64));

    public Tensor Loss(Tensor logits) => nn.functional.cross_entropy(logits, Target);
}
