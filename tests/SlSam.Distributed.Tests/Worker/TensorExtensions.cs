using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Distributed.Tests.Worker;

internal static class TensorExtensions
{
    /// <summary>All parameters and buffers, in the model's order.</summary>
    public static double[] Weights(this nn.Module model)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        return [.. model.parameters().Concat(model.buffers()).SelectMany(each => each.to(ScalarType.Float64).contiguous().reshape(-1).data<double>().ToArray())];
    }

    public static Batch To(this Batch batch, ScalarType type) => batch with { Input = batch.Input.to(type) };
}
