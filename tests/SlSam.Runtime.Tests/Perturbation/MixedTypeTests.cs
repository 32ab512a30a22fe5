using SlSam.Runtime.Tests.MultiTensor;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Perturbation;

public sealed class MixedTypeTests
{
    [Theory]
    [InlineData(ScalarType.Float32, ScalarType.Float16)]
    [InlineData(ScalarType.Float16, ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16, ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16, ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16, ScalarType.BFloat16)]
    public void Each_norm_is_exact_whatever_type_comes_first(ScalarType first, ScalarType second)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();

        // The norm is beyond float16.
        Tensor[] parameters = [.. new[] { first, second }.Select(type => new Parameter(zeros(4, dtype: type)))];
        foreach (var parameter in parameters)
        {
            parameter.grad = full(4, 59968, dtype: parameter.dtype);
        }

        var norms = new double[3];
        MultiTensorProgram.GradientNorms(Lists.Of(parameters), tensor(1f), norms);
        Assert.All(parameters.Zip(norms), pair => Assert.Equal(2 * pair.First.grad![0].to(ScalarType.Float64).item<double>(), pair.Second, 0.01));
        Assert.All(parameters.Zip(MultiTensorProgram.Norms([.. parameters.Select(parameter => parameter.grad!)])), pair =>
            Assert.Equal(2 * pair.First.grad![0].to(ScalarType.Float64).item<double>(), pair.Second, 0.01));
    }
}
