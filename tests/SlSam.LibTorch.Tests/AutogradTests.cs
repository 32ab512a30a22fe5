using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.LibTorch.Tests;

public class AutogradTests
{
    [Fact]
    public void TheGradientOfAQuadraticFormIsItsClosedForm()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.0, -2.0, 3.0 }, requires_grad: true);
        var a = tensor(new double[,] { { 2, 1, 0 }, { 1, 3, 1 }, { 0, 1, 4 } });
        var y = (x * a.matmul(x)).sum() / 2;
        y.backward();
        Assert.Equal([0.0, -2.0, 10.0], x.grad!.data<double>().ToArray());
    }

    [Fact]
    public void AnAttentionLayersGradientIsThatOfFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        manual_seed(1).Dispose();
        var value = randn(3, 4, float64);
        var x = randn(3, 4, float64, requires_grad: true);
        double Loss(Tensor at) => Attend(at).item<double>();
        Tensor Attend(Tensor at) => at.matmul(at.t()).div(2).softmax(-1).matmul(value).gelu().pow(2).mean();

        Attend(x).backward();
        var gradient = x.grad!.data<double>().ToArray();
        var data = x.detach();
        for (var i = 0; i < gradient.Length; i++)
        {
            var basis = zeros(12, float64);
            basis[i] = 1e-5;
            var step = basis.view(3, 4);
            var difference = (Loss(data + step) - Loss(data - step)) / 2e-5;
            Assert.Equal(difference, gradient[i], 1e-9);
        }
    }

    [Fact]
    public void GradientsAccumulateAndAreSetAndTakenAway()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        Assert.Null(x.grad);
        (x * 3).sum().backward();
        (x * 4).sum().backward();
        Assert.Equal([7f, 7f], x.grad!.data<float>().ToArray());
        Assert.NotSame(x.grad, x.grad);
        x.grad = full(2, 0.5);
        Assert.Equal([0.5f, 0.5f], x.grad!.data<float>().ToArray());
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void BackwardTakesWeightsAndInputs()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var y = ones(2, requires_grad: true);
        var z = x * y;
        z.backward([tensor(new[] { 2f, 3f })], retain_graph: true, inputs: [x]);
        Assert.Equal([2f, 3f], x.grad!.data<float>().ToArray());
        Assert.Null(y.grad);
        autograd.backward(z, ones(2));
        Assert.Equal([3f, 4f], x.grad!.data<float>().ToArray());
        Assert.Equal([1f, 1f], y.grad!.data<float>().ToArray());
    }

    [Fact]
    public void SecondDerivativesComeFromAGraphOfTheFirst()
    {
        using var scope = NewDisposeScope();
        var x = tensor(2.0, requires_grad: true);
        var first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        var second = autograd.grad([first], [x])[0];
        Assert.Equal((12.0, 12.0), (first.item<double>(), second.item<double>()));
    }

    [Fact]
    public void AnUnusedInputHasAnInvalidGradient()
    {
        using var scope = NewDisposeScope();
        var (used, unused) = (ones(2, requires_grad: true), ones(2, requires_grad: true));
        var gradients = autograd.grad([used.sum()], [used, unused], allow_unused: true);
        Assert.Equal([1f, 1f], gradients[0].data<float>().ToArray());
        Assert.True(gradients[1].IsInvalid);
    }

    [Fact]
    public void GradientModesNestAndEnd()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, requires_grad: true);
        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
            x.add_(1);
        }
        Assert.True(is_grad_enabled());
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False((x * 2).requires_grad);
        }
        Assert.False(is_inference_mode_enabled());
        Assert.Equal(2f, x.item<float>());
        Assert.True(x.is_leaf);
        Assert.False((x * 2).is_leaf);
    }
}
