using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.LibTorch.Tests.Surface;

/// <summary>Native handles are freed as deterministically as tensors are disposed.</summary>
public class HandleTests
{
    [Fact]
    public void ThousandsOfCallsLeaveNoHandleBehind()
    {
        using var unit = jit.compile("def f(xs: List[Tensor]):\n    return xs[0] + 1, [xs[0], xs[0]], 3\n");
        using var parameter = randn(8, 8, requires_grad: true);
        Work(parameter, unit);
        CollectGarbage();
        var before = (Native.slsam_live_handles(), Tensor.TotalCount);
        for (var i = 0; i < 2000; i++) Work(parameter, unit);
        Assert.Equal(before, (Native.slsam_live_handles(), Tensor.TotalCount));
    }

    [Fact]
    public void WithoutScopesEveryResultIsDisposedByHand()
    {
        CollectGarbage();
        var before = Native.slsam_live_handles();
        using (var three = tensor(3f))
        using (var x = ones(2, 3))
        using (var y = x[1, 2])
        using (var z = x[TensorIndex.Colon, TensorIndex.Slice(0, 2)])
        using (var w = 1 / z)
        {
            x[0] = three;
            x.add_(1).mul_(2);
            Assert.Equal(before + 5, Native.slsam_live_handles());
        }
        Assert.Equal(before, Native.slsam_live_handles());
    }

    [Fact]
    public void TheFinalizerFreesWhatWasForgotten()
    {
        CollectGarbage();
        var before = Native.slsam_live_handles();
        Forget();
        Assert.Equal(before + 100, Native.slsam_live_handles());
        CollectGarbage();
        Assert.Equal(before, Native.slsam_live_handles());

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget()
        {
            for (var i = 0; i < 100; i++) _ = ones(1);
        }
    }

    [Fact]
    public void ADisposedGeneratorOrScriptSaysSo()
    {
        var generator = new Generator(7);
        generator.Dispose();
        Assert.Throws<ObjectDisposedException>(() => rand(3, generator: generator));
        Assert.Throws<ObjectDisposedException>(generator.get_state);
        var unit = jit.compile("def f():\n    return None\n");
        unit.Dispose();
        Assert.Throws<ObjectDisposedException>(() => unit.invoke("f"));
    }

    private static void CollectGarbage()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static void Work(Tensor parameter, jit.CompilationUnit unit)
    {
        using var scope = NewDisposeScope();
        var loss = parameter.matmul(parameter.t()).softmax(-1).split(2).Select(part => part.topk(2).values.sum()).Aggregate((a, b) => a + b);
        loss.backward();
        using (no_grad()) parameter.sub_(parameter.grad! * 0.1);
        parameter.grad = null;
        unit.invoke("f", (object)new[] { parameter });
        _ = parameter[0, 1].item<float>() + parameter[TensorIndex.Colon, 1].data<float>()[0];
        Assert.ThrowsAny<Exception>(() => parameter.mm(ones(3, 3)));
    }
}
