using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Sparse;

/// <summary>What the tests of salience share.</summary>
internal static class Scoring
{
    /// <summary>All parameters of a model with at least so many dimensions, as masked weights of one layer each.</summary>
    public static MaskedWeight[] Weights(nn.Module model, int dimensions = 2) =>
        [.. model.named_parameters().Where(named => named.parameter.dim() >= dimensions)
            .Select(named => new MaskedWeight(named.name, new SamLayer(named.name, SamLayerKind.Parameter, -1, named.parameter), named.parameter))];

    /// <summary>The scores of every weight, flat.</summary>
    public static double[][] Estimate(nn.Module model, MaskedWeight[] weights, SparseOptions options, params ScoreBatch[] batches)
    {
        using var salience = SalienceEstimator.Estimate(model, weights, options, batches, draw: 0, progress: null);
        return [.. weights.Select((_, index) => Values(salience.Of(index)))];
    }

    public static double[] Values(Tensor tensor)
    {
        using var copy = tensor.detach().to(ScalarType.Float64).contiguous();
        return copy.data<double>().ToArray();
    }

    public static void AssertNear(double[][] expected, double[][] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var index = 0; index < expected.Length; index++)
        {
            Assert.Equal(expected[index].Length, actual[index].Length);
            var scale = expected[index].Max(Math.Abs);
            Assert.True(scale > 0, $"All scores of weight {index} are 0: the test shows nothing.");
            for (var entry = 0; entry < expected[index].Length; entry++)
            {
                Assert.True(
                    Math.Abs(expected[index][entry] - actual[index][entry]) <= tolerance * scale,
                    $"Score {entry} of weight {index} is {actual[index][entry]:R}, but should be {expected[index][entry]:R}.");
            }
        }
    }
}
