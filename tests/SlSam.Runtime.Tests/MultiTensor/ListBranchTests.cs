using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.MultiTensor;

/// <summary>What a GPU does with lists of tensors does on a CPU what the CPU does tensor by tensor.</summary>
public sealed class ListBranchTests
{
    [Fact]
    public void Both_branches_of_each_function_compute_the_same()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var resource = typeof(SharpnessAwareOptimizer).Assembly.GetManifestResourceStream("multi_tensor.py")!;
        var source = new StreamReader(resource).ReadToEnd();
        Assert.Contains(".is_cuda", source, StringComparison.Ordinal);
        using var apart = jit.compile(source);
        using var lists = jit.compile(source.Replace(".is_cuda", ".is_floating_point()", StringComparison.Ordinal));
        var expected = Run(apart);
        var actual = Run(lists);
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.True(pair.First.allclose(pair.Second, 1e-12, 1e-14)));
    }

    /// <summary>Calls every function that has two branches, one after the other, and returns all that they have computed.</summary>
    private static Tensor[] Run(jit.CompilationUnit program)
    {
        manual_seed(1);
        Tensor[] weights = [Random(5), Random(3, 4), Random(6)];
        weights[0].grad = Random(5);
        weights[1].grad = Random(3, 4);
        Tensor[] updated = weights[..2];
        Tensor[] first = [Random(5), Random(3, 4)];
        Tensor[] second = [Random(5).abs(), Random(3, 4).abs()];
        Tensor[] none = [];
        using Scalar eta = 0.01;
        using Scalar scale = 0.3;
        using Scalar beta1 = 0.9;
        using Scalar beta2 = 0.99;
        var norms = program.invoke<Tensor>("adaptive_norms", weights, weights, eta, tensor(1.5));
        foreach (var perturbed in new[] { updated, weights })
        {
            program.invoke("perturb", perturbed, none, scale);
            program.invoke("perturb_adaptive", perturbed, none, eta, scale);
        }

        foreach (var l2 in new[] { 0, 0.1 })
        {
            var coefficients = from_array(new[,] { { 1, l2, 0.5, 0.01 }, { 0.99, l2 / 2, 0.7, 0.02 } });
            program.invoke("adam", updated, first, second, coefficients, beta1, beta2, eta);
        }

        return [norms, .. weights, .. first, .. second];
    }

    private static Tensor Random(params long[] shape) => randn(shape, dtype: ScalarType.Float64);
}
