using SlSam.LibTorch.Tests.Reference;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SlSam.LibTorch.Tests.Modules;

/// <summary>Functions on all gradients of a module at once.</summary>
public class GradientUtilityTests
{
    private static Parameter[] WithGradients()
    {
        manual_seed(2);
        var parameters = new[] { Parameter(randn([3, 2], dtype: ScalarType.Float64)), Parameter(randn([4], dtype: ScalarType.Float64)) };
        foreach (var parameter in parameters) (parameter * parameter * parameter).sum().backward();
        return parameters;
    }

    [SkippableTheory]
    [InlineData(0.5, 2.0)]
    [InlineData(100.0, 2.0)]
    [InlineData(1.0, 1.0)]
    [InlineData(0.25, double.PositiveInfinity)]
    public void ClippedNormEqualsPyTorchs(double maxNorm, double p)
    {
        using var scope = NewDisposeScope();
        var parameters = WithGradients();
        var norm = nn.utils.clip_grad_norm_(parameters, maxNorm, p);
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        PyTorch.AssertSame(
            $"""
            torch.manual_seed(2)
            ps = [torch.randn(3, 2, dtype=torch.float64, requires_grad=True), torch.randn(4, dtype=torch.float64, requires_grad=True)]
            for p in ps:
                (p ** 3).sum().backward()
            out["norm"] = nn.utils.clip_grad_norm_(ps, {maxNorm.ToString(invariant)}, {(double.IsInfinity(p) ? "math.inf" : p.ToString(invariant))})
            out["0"], out["1"] = ps[0].grad, ps[1].grad
            """, [("norm", tensor(norm)), ("0", parameters[0].grad!), ("1", parameters[1].grad!)]);
    }

    [Fact]
    public void ClippedValuesLieBetweenTheBounds()
    {
        using var scope = NewDisposeScope();
        var parameters = WithGradients();
        var before = parameters.Select(parameter => parameter.grad!.clone()).ToArray();
        nn.utils.clip_grad_value_(parameters, 0.75);
        foreach (var (parameter, gradient) in parameters.Zip(before))
            Assert.True(parameter.grad!.allclose(gradient.clamp(-0.75, 0.75)));
    }

    [Fact]
    public void ParametersGoToAVectorAndBack()
    {
        using var scope = NewDisposeScope();
        var parameters = WithGradients();
        var vector = nn.utils.parameters_to_vector(parameters);
        Assert.Equal(10, vector.numel());
        nn.utils.vector_to_parameters(vector.detach() * 2, parameters);
        Assert.True(nn.utils.parameters_to_vector(parameters).allclose(vector.detach() * 2));
    }
}
