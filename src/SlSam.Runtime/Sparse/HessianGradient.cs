using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>The Hessian of the mean loss over the score batches times its gradient.</summary>
internal static class HessianGradient
{
    /// <summary>How many rounds over the batches it takes.</summary>
    public static int Rounds(HessianProduct method) => method == HessianProduct.DoubleBackward ? 2 : 3;

    public static Tensor[] Compute(ScoreStream stream, HessianProduct method)
    {
        var gradient = stream.MeanGradient();
        return method == HessianProduct.DoubleBackward ? DoubleBackward(stream, gradient) : Differences(stream, gradient);
    }

    private static Tensor[] DoubleBackward(ScoreStream stream, Tensor[] gradient)
    {
        var products = stream.Accumulators();
        var examples = stream.Run(batch =>
        {
            var along = Along(stream.Gradients(ScoreStream.MeanLoss(batch), createGraph: true), gradient);

            // A loss that is linear in the weights has no second derivative.
            if (along is not null)
            {
                ScoreStream.AddTo(products, stream.Gradients(along), batch.Examples);
            }
        });
        ScoreStream.Scale(products, 1.0 / examples);
        return products;
    }

    /// <summary>The sum of a batch's gradient times the mean gradient, which is held constant.</summary>
    private static Tensor? Along(Tensor?[] batchGradient, Tensor[] gradient)
    {
        Tensor? along = null;
        for (var index = 0; index < gradient.Length; index++)
        {
            if (batchGradient[index] is { requires_grad: true } part)
            {
                var product = (part * gradient[index]).sum().to(ScalarType.Float64);
                along = along is null ? product : along + product;
            }
        }

        return along;
    }

    /// <summary>(g(w + d v) - g(w - d v)) / 2 d, v the gradient.</summary>
    private static Tensor[] Differences(ScoreStream stream, Tensor[] gradient)
    {
        var products = stream.Accumulators();
        Tensor[] weights = [.. stream.Weights.Select(weight => weight.Parameter)];
        var length = Norm(gradient);
        if (length == 0)
        {
            return products;
        }

        var distance = RelativeDistance(weights[0].dtype) * Math.Max(Norm(weights), 1e-3) / length;
        var saved = Array.ConvertAll(weights, weight => weight.detach().clone());
        var examples = Side(distance);
        Side(-distance);
        ScoreStream.Scale(products, 1 / (2 * distance * examples));
        return products;

        long Side(double step)
        {
            try
            {
                ScoreStream.AddTo(weights, Array.ConvertAll(gradient, direction => (Tensor?)direction.clone()), step);
                return stream.Run(batch =>
                    ScoreStream.AddTo(products, stream.Gradients(ScoreStream.MeanLoss(batch)), Math.Sign(step) * batch.Examples));
            }
            finally
            {
                using var _ = no_grad();
                for (var index = 0; index < saved.Length; index++)
                {
                    weights[index].copy_(saved[index]);
                }
            }
        }
    }

    /// <summary>Where the error of rounding meets that of the second difference: about the cube root of the type's precision.</summary>
    private static double RelativeDistance(ScalarType type) => type switch
    {
        ScalarType.Float64 => 6e-6,
        ScalarType.Float32 => 5e-3,
        _ => 0.1,
    };

    private static double Norm(Tensor[] tensors)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        return Math.Sqrt(tensors.Sum(tensor => tensor.to(ScalarType.Float64).square().sum().cpu().item<double>()));
    }
}
