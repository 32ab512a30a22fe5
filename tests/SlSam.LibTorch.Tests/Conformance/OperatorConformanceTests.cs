using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.LibTorch.Tests.Conformance;

/// <summary>Values and gradients are PyTorch's, bit for bit, from the same seed.</summary>
public class OperatorConformanceTests(PythonTorch python) : IClassFixture<PythonTorch>
{
    public static TheoryData<string> Expressions => new(OperatorCases.All.Keys);

    [SkippableTheory]
    [MemberData(nameof(Expressions))]
    public void IsWhatPyTorchComputes(string expression)
    {
        Skip.If(python.WhyNot is not null, python.WhyNot);
        var theirs = python[expression];
        Assert.True(theirs.Error is null, theirs.Error);

        var threads = get_num_threads();
        set_num_threads(1);
        using var scope = NewDisposeScope();
        manual_seed(20).Dispose();
        var inputs = new Inputs(
            randn(4, 6, float64, requires_grad: true),
            randn(4, 6, float64, requires_grad: true),
            (rand(4, 6, float64) + 0.5).requires_grad_(),
            randint(0, 4, new long[] { 5 }),
            rand(4, 6) > 0.5);
        var outputs = OperatorCases.All[expression](inputs);
        var smooth = outputs.Where(o => o.requires_grad).ToList();
        IList<Tensor?> gradients = [null, null, null];
        if (smooth.Count > 0)
        {
            var loss = smooth.Select(o => (o * linspace(1, 2, o.numel(), float64).view_as(o)).sum()).Aggregate((a, b) => a + b);
            gradients = autograd.grad([loss], [inputs.x, inputs.y, inputs.p], allow_unused: true)!;
        }
        set_num_threads(threads);

        Assert.Equal(theirs.Values, outputs.Select(ExactTensor.Of));
        Assert.Equal(theirs.Gradients, gradients.Select(g => g is null || g.IsInvalid ? null : ExactTensor.Of(g)));
    }

    /// <summary>The comparison can fail: one bit is enough.</summary>
    [Fact]
    public void OneBitIsADifference()
    {
        using var scope = NewDisposeScope();
        Assert.NotEqual(ExactTensor.Of(tensor(1.0)), ExactTensor.Of(tensor(Math.BitIncrement(1.0))));
        Assert.NotEqual(ExactTensor.Of(zeros(1, 2)), ExactTensor.Of(zeros(2, 1)));
        Assert.NotEqual(ExactTensor.Of(zeros(2, int32)), ExactTensor.Of(zeros(2, float32)));
    }
}
