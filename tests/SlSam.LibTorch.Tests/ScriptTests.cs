using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.LibTorch.Tests;

/// <summary>TorchScript is how whole lists of tensors are worked on in one call.</summary>
public sealed class ScriptTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    private readonly jit.CompilationUnit _unit = jit.compile("""
        def gradient_norms(ps: List[Tensor]):
            gs: List[Tensor] = []
            for p in ps:
                g = p.grad
                if g.numel() > 0:
                    gs.append(g)
            return torch.stack(torch._foreach_norm(gs)), len(gs)

        def shrink(ps: List[Tensor], by: List[Tensor], rate: float) -> None:
            torch._foreach_add_(ps, by, alpha=-rate)

        def listed(x: Tensor):
            values: List[float] = x.tolist()
            return values

        def kinds(i: int, f: float, b: bool, n: Optional[Tensor]):
            return i * 2, f * 2, not b, n is None

        def pair(x: Tensor):
            return x + 1, x + 2

        def mixed(x: Tensor):
            return x, x.numel(), [x, x]

        def several(x: Tensor):
            return [x, x + 1, x + 2]

        def six(x: Tensor):
            return x, x, x, x, x, x

        def toggle(x: Tensor) -> None:
            x.requires_grad_(False)

        def nothing():
            return None

        def fails(x: Tensor):
            return x.mm(x)

        """);

    public void Dispose()
    {
        _unit.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void AScriptReadsTheGradientsOfThoseThatHaveAny()
    {
        var (x, y, without) = (ones(2, requires_grad: true), ones(1, requires_grad: true), ones(1, requires_grad: true));
        (x * tensor(new[] { 3f, 4f })).sum().add((y * 2).sum()).backward();
        var (norms, count) = ((object, object))_unit.invoke("gradient_norms", (object)new[] { x, without, y })!;
        Assert.Equal([5f, 2f], ((Tensor)norms).data<float>().ToArray());
        Assert.Equal(2, ((Scalar)count).ToInt32());
    }

    [Fact]
    public void AScriptChangesTensorsInPlace()
    {
        var (x, y) = (ones(2), ones(3));
        Assert.Null(_unit.invoke("shrink", new[] { x, y }, new[] { ones(2), full(3, 2.0) }, 0.25));
        Assert.Equal([0.75f, 0.75f], x.data<float>().ToArray());
        Assert.Equal([0.5f, 0.5f, 0.5f], y.data<float>().ToArray());
        x.requires_grad = true;
        _unit.invoke("toggle", x);
        Assert.False(x.requires_grad);
    }

    [Fact]
    public void ValuesComeBackAsTorchSharpsTypes()
    {
        var x = ones(2);
        Assert.Equal([1.0, 1.0], _unit.invoke<Scalar[]>("listed", tensor(new[] { 1.0, 1.0 })).Select(s => s.ToDouble()));
        Assert.Equal((2f, 3f), _unit.invoke<(Tensor, Tensor)>("pair", tensor(1f)) is var (a, b) ? (a.item<float>(), b.item<float>()) : default);
        var (tensor1, count, list) = ((object, object, object))_unit.invoke("mixed", x)!;
        Assert.Equal((2L, 2L, 2), (((Tensor)tensor1).numel(), ((Scalar)count).ToInt64(), ((Tensor[])list).Length));
        Assert.Equal(3, _unit.invoke<Tensor[]>("several", x).Length);
        Assert.Equal(6, _unit.invoke<Tensor[]>("six", x).Length);
        Assert.Null(_unit.invoke("nothing"));
    }

    [Theory]
    [InlineData(3L)]
    [InlineData(3)]
    public void NumbersKeepTheirKind(object integer)
    {
        var (i, f, b, n) = (ValueTuple<Scalar, Scalar, Scalar, Scalar>)_unit.invoke("kinds", integer, 1.5, true, null)!;
        Assert.Equal((6L, 3.0, false, true), (i.ToInt64(), f.ToDouble(), b.ToBoolean(), n.ToBoolean()));
        Assert.Equal((ScalarType.Int64, ScalarType.Float64, ScalarType.Bool), (i.Type, f.Type, b.Type));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public void ACallAllocatesItsArgumentsOnlyHoweverLongTheLists(int length)
    {
        var parameters = Enumerable.Range(0, length).Select(_ => ones(2)).ToArray();
        const int calls = 100;
        _unit.invoke("shrink", parameters, parameters, 0.25);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < calls; i++) _unit.invoke("shrink", parameters, parameters, 0.25);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(bytes / calls, 0, 24 + 3 * 8 + 24); // the array of three arguments, and the number in its box
    }

    [Fact]
    public void AListOfTensorsCostsItsTensorsAndOneArray()
    {
        const int calls = 200;
        var x = ones(2);
        long tensor = Allocated(() => x.alias().Dispose());
        long list = Allocated(() => Array.ForEach(_unit.invoke<Tensor[]>("several", x), each => each.Dispose()));

        // The array of arguments and that of three results; both have a header of 24 bytes.
        Assert.InRange(list, 1, 3 * tensor + 24 + 8 + 24 + 3 * 8);

        static long Allocated(Action action)
        {
            action();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int call = 0; call < calls; call++)
                action();
            return (GC.GetAllocatedBytesForCurrentThread() - before) / calls;
        }
    }

    [Fact]
    public void ErrorsNameWhatFailed()
    {
        Assert.Contains("mat1 and mat2", Assert.Throws<ExternalException>(() => _unit.invoke("fails", ones(2, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("missing", Assert.Throws<ExternalException>(() => _unit.invoke("missing")).Message, StringComparison.Ordinal);
        Assert.Throws<ExternalException>(() => _unit.invoke("shrink", ones(1), 1.0));
        Assert.Throws<NotImplementedException>(() => _unit.invoke("nothing", "text"));
        Assert.Throws<ArgumentNullException>(() => jit.compile(""));
    }
}
