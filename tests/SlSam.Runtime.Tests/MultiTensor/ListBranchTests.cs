using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.MultiTensor;

/// <summary>
/// What a GPU does with lists of tensors does on a CPU what the CPU does tensor by tensor, with the operators of older versions of libtorch and, where there are
/// such, with newer ones.
/// </summary>
public sealed class ListBranchTests
{
    [Fact]
    public void All_branches_of_each_function_compute_the_same()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var main = MultiTensorProgram.Source("multi_tensor.py");
        var onLists = main.Replace(".is_cuda", ".is_floating_point()", StringComparison.Ordinal);
        Assert.NotEqual(main, onLists);
        var older = MultiTensorProgram.Source("older_operators.py");
        using var apart = jit.compile(older + main);
        using var lists = jit.compile(older + onLists);
        var expected = Run(apart);
        AssertSame(expected, Run(lists));
        try
        {
            using var newer = jit.compile(MultiTensorProgram.Source("newer_operators.py") + onLists);
            AssertSame(expected, Run(newer));
        }
        catch (ExternalException error)
        {
            // libtorch 1.13, which does not have them.
            Assert.Contains("_foreach_copy_", error.Message);
        }
    }

    private static void AssertSame(Dictionary<string, Tensor> expected, Dictionary<string, Tensor> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, pair => Assert.True(pair.Value.allclose(actual[pair.Key], 1e-12, 1e-14), pair.Key));
    }

    /// <summary>Calls every function that has several branches, one after the other, and returns all that they have computed.</summary>
    private static Dictionary<string, Tensor> Run(jit.CompilationUnit program)
    {
        manual_seed(1);
        var results = new Dictionary<string, Tensor>();
        Tensor[] weights = [Random(5), Random(3, 4), Random(6)];
        weights[0].grad = Random(5);
        weights[1].grad = Random(3, 4);
        var updated = Padded(weights[..2]);
        var all = Padded(weights);
        var first = Padded([Random(5), Random(3, 4)]);
        var second = Padded([Random(5).abs(), Random(3, 4).abs()]);
        Tensor[] none = [];
        using Scalar eta = 0.01;
        using Scalar scale = 0.3;
        using Scalar beta1 = 0.9;
        using Scalar beta2 = 0.99;
        Keep("norms", program.invoke<Tensor>("adaptive_norms", all, 3, all, 3, eta, tensor(1.5)));
        var saved = program.invoke<Tensor>("save", all, 3, false);
        foreach (var (list, count) in new[] { (updated, 2), (all, 3) })
        {
            program.invoke("perturb", list, count, none, false, scale);
            KeepAll("perturbed");
            program.invoke("perturb_adaptive", list, count, none, false, eta, scale);
            KeepAll("perturbed adaptively");
        }

        program.invoke("save_into", all, 3, saved.clone());
        program.invoke("restore", all, 3, saved);
        KeepAll("restored");
        program.invoke("scale_gradients", all, 3, scale);
        KeepAll("scaled");
        Tensor[] factors = [Random(4, 2), Random(2, 3)];
        foreach (var function in new[] { "stretch", "balance", "lengthen" })
        {
            program.invoke(function, Padded(factors), 2, from_array(new[,] { { 0.2 }, { -0.1 }, { 7 } }));
            Keep(function, cat(factors.Select(factor => factor.view(-1)).ToArray()));
        }

        foreach (var (l2, momentum, dampening, nesterov) in new[] { (0, 0, 0, false), (0.1, 0.9, 0, true), (0.1, 0.9, 0.3, false), (0, 0.8, 0.1, false) })
        {
            using Scalar momentumScalar = (double)momentum;
            using Scalar dampeningScalar = (double)dampening;
            program.invoke("sgd", updated, first, 2, from_array(new[,] { { 0.1, l2, 0 }, { 0.2, l2 / 2, 0 }, { 9, 9, 9 } }), momentumScalar, dampeningScalar, nesterov);
            KeepAll($"sgd {l2} {momentum} {dampening}");
            Tensor[] buffers = [zeros(5, dtype: ScalarType.Float64), zeros(3, 4, dtype: ScalarType.Float64)];
            program.invoke("sgd", updated, Padded(buffers), 2, from_array(new[,] { { 0.1, l2, 1 }, { 0.2, l2 / 2, 1 } }), momentumScalar, dampeningScalar, nesterov);
            KeepAll($"first sgd {l2} {momentum} {dampening}");
            Keep($"buffers {l2} {momentum} {dampening}", buffers[1]);
        }

        foreach (var l2 in new[] { 0, 0.1 })
        {
            var coefficients = from_array(new[,] { { 1, l2, 0.5, 0.01 }, { 0.99, l2 / 2, 0.7, 0.02 }, { 9, 9, 9, 9 } });
            program.invoke("adam", updated, first, second, 2, coefficients, beta1, beta2, eta);
            KeepAll($"adam {l2}");
        }

        Tensor[] half = [Random(5).to(ScalarType.BFloat16), Random(7).to(ScalarType.BFloat16)];
        Keep("half", program.invoke<Tensor>("norms", [half]));
        return results;

        void Keep(string name, Tensor value) => results.Add($"{results.Count} {name}", value.clone());

        void KeepAll(string name) => Keep(
            name, cat([.. new[] { weights, weights[..2].Select(weight => weight.grad!), first, second }.SelectMany(each => each).Select(each => each.reshape(-1))]));
    }

    /// <summary>A list with something behind it that does not count.</summary>
    private static Tensor[] Padded(Tensor[] tensors) => [.. tensors, tensors[0]];

    private static Tensor Random(params long[] shape) => randn(shape, dtype: ScalarType.Float64);
}
