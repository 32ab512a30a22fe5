using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.LibTorch.Tests;

/// <summary>libtorch's errors become .NET exceptions with its message, and the process lives on.</summary>
public class ErrorTests
{
    public static TheoryData<string, Action<Tensor>, string> Mistakes => new()
    {
        { "mm", x => x.mm(x), "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)" },
        { "add", x => x.add(ones(5)), "The size of tensor a (3) must match the size of tensor b (5)" },
        { "view", x => x.view(4, 4), "shape '[4, 4]' is invalid for input of size 6" },
        { "select", x => x.select(0, 7), "index 7 out of range" },
        { "cat", x => cat([x, ones(4, 4)]), "Sizes of tensors must match" },
        { "backward", x => x.requires_grad_().backward(), "grad can be implicitly created only for scalar outputs" },
        { "backward twice", x => { var y = x.requires_grad_().exp().sum(); y.backward(); y.backward(); }, "second time" },
        { "in-place on a leaf", x => x.requires_grad_().add_(1), "a leaf Variable that requires grad" },
        { "gradient of integers", x => x.to(int64).requires_grad_(), "floating point" },
        { "gradient of another shape", x => x.grad = ones(2), "assigned grad has data of a different size" },
        { "unused input", x => autograd.grad([x.requires_grad_().sum()], [ones(1).requires_grad_()]), "appears to not have been used in the graph" },
        { "script", _ => jit.compile("def f(x):\n    return nonsense(x)\n"), "undefined value nonsense" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void AMistakeIsAnExceptionWithLibtorchsMessage(string what, Action<Tensor> mistake, string message)
    {
        _ = what;
        using var scope = NewDisposeScope();
        var x = ones(2, 3);
        var error = Assert.Throws<ExternalException>(() => mistake(x));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
        using var sum = ones(2).sum();
        Assert.Equal(2f, sum.item<float>());
    }

    [Fact]
    public void ReadingAsAnotherTypeOrSizeIsRefused()
    {
        using var x = ones(2);
        Assert.Contains("Int64 is not compatible with Float32", Assert.Throws<ArgumentException>(() => x.data<long>()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => x.item<float>());
        using var scalar = tensor(1.0);
        Assert.Throws<ArgumentException>(() => scalar.item<float>());
        Assert.Throws<ArgumentException>(() => tensor(new float[3], [2, 2]));
    }

    [Fact]
    public void ADisposedTensorSaysSo()
    {
        var x = ones(2);
        x.Dispose();
        x.Dispose();
        Assert.True(x.IsInvalid);
        Assert.Contains("empty handle", Assert.Throws<InvalidOperationException>(() => x.add(1)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => cat([x]));
    }

    [SkippableFact]
    public void ADeviceThatIsNotThereIsRefused()
    {
        Skip.If(cuda.is_available(), "This machine has a GPU.");
        Assert.Equal(0, cuda.device_count());
        using var x = ones(2);
        Assert.ThrowsAny<Exception>(() => x.cuda());
        Assert.ThrowsAny<Exception>(() => zeros(2, device: device("cuda:0")));
    }
}
