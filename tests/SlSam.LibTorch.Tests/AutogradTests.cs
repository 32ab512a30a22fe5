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
        Assert.Equal(new[] { 0.0, -2.0, 10.0 }, x.grad!.data<double>().ToArray());
    }

    [Fact]
    public void AScriptReadsGradientsAndReturnsTuples()
    {
        using var scope = NewDisposeScope();
        using var unit = jit.compile("""
            def norms(ps: List[Tensor]):
                out = []
                for p in ps:
                    g = p.grad
                    if g.numel() > 0:
                        out.append(torch.norm(g))
                return torch.stack(out), len(out)

            """);
        var x = tensor(new[] { 3f, 4f }, requires_grad: true);
        x.mul(x).sum().backward();
        var (norms, count) = ((object, object))unit.invoke("norms", (object)new[] { x })!;
        Assert.Equal(10f, ((Tensor)norms).item<float>());
        Assert.Equal(1, ((Scalar)count).ToInt32());
    }
}
