using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SlSam.LibTorch.Tests.Modules;

/// <summary>What hooks see and change in <c>call</c>, and that <c>forward</c> has none.</summary>
public class HookTests
{
    private sealed class Sum : Module<Tensor, Tensor, Tensor>
    {
        public Sum() : base(nameof(Sum))
        {
        }

        public override Tensor forward(Tensor a, Tensor b) => a + b;
    }

    [Fact]
    public void HooksReplaceInputsAndResults()
    {
        using var scope = NewDisposeScope();
        using var module = new Sum();
        var order = new List<string>();
        module.register_forward_pre_hook(_ => order.Add("before"));
        module.register_forward_pre_hook((_, a, b) =>
        {
            order.Add("inputs");
            return (a * 10, b);
        });
        module.register_forward_hook((_, a, _, result) =>
        {
            order.Add($"result {a.item<float>()}");
            return result + 0.5;
        });
        module.register_forward_hook(_ => order.Add("after"));

        Assert.Equal(12.5f, module.call(tensor(1f), tensor(2f)).item<float>());
        Assert.Equal(["before", "inputs", "result 10", "after"], order);
        Assert.Equal(3f, module.forward(tensor(1f), tensor(2f)).item<float>());
    }

    [Fact]
    public void ARemovedHookRunsNoMore()
    {
        using var scope = NewDisposeScope();
        using var module = Linear(1, 1);
        var calls = 0;
        var remover = module.register_forward_hook(_ => calls++);
        module.call(ones(1, 1));
        remover.remove();
        remover.remove();
        module.call(ones(1, 1));
        Assert.Equal(1, calls);
    }

    [Fact]
    public void HooksOfModulesInASequenceRun()
    {
        using var scope = NewDisposeScope();
        using var first = Linear(1, 1);
        using var sequence = Sequential(first, Tanh());
        var calls = 0;
        first.register_forward_pre_hook(_ => calls++);
        sequence.call(ones(1, 1));
        Assert.Equal(1, calls);
    }
}
