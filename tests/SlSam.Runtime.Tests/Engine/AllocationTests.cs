using SlSam.Runtime.Tests.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Engine;

/// <summary>What a step costs beside its tensors: managed memory and native calls, neither of which may grow with the number of parameters.</summary>
public sealed class AllocationTests
{
    private const int Steps = 15;

    public static TheoryData<string> Names => new(Compositions.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Neither_managed_memory_nor_native_calls_grow_with_the_number_of_parameters(string name)
    {
        // A step that finds element masks anew makes tensors that it keeps: the others are measured.
        var options = Compositions.All[name];
        options = options with { ElementMask = options.ElementMask is null ? null : options.ElementMask with { Interval = 2 * Steps } };
        AssertNoGrowth(options, ScalarType.Float32);
    }

    [Fact]
    public void Nor_do_they_where_weights_have_masters() => AssertNoGrowth(new SamOptions { PerturbedWeight = 0.5 }, ScalarType.BFloat16);

    private static void AssertNoGrowth(SharpnessOptions options, ScalarType type)
    {
        var (fewBytes, fewCalls) = Measure(100, options, type);
        var (manyBytes, manyCalls) = Measure(1000, options, type);
        Assert.InRange(manyBytes, 0, 16 << 10);
        Assert.InRange(manyBytes, 0, 1.1 * fewBytes + 512);
        Assert.Equal(fewCalls, manyCalls);
    }

    /// <summary>The mean number of bytes that a step allocates beside its closure, and the largest number of its native calls.</summary>
    private static (double Bytes, long Calls) Measure(int parameters, SharpnessOptions options, ScalarType type)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = new Many(parameters, type);
        using var optimizer = new TestOptimizer(model, options, UpdateRule.AdamW(1e-3));
        long bytes = 0;
        long calls = 0;
        Func<BatchSlice, Tensor> loss = _ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var result = model.Loss();
            bytes -= GC.GetAllocatedBytesForCurrentThread() - before;
            return result;
        };
        for (var step = 0; step < 2 * Steps; step++)
        {
            if (step == Steps)
            {
                (bytes, calls) = (0, 0);
            }

            var (bytesBefore, callsBefore) = (GC.GetAllocatedBytesForCurrentThread(), MultiTensorProgram.Calls);
            optimizer.Step(loss);
            bytes += GC.GetAllocatedBytesForCurrentThread() - bytesBefore;
            calls = Math.Max(calls, MultiTensorProgram.Calls - callsBefore);
        }

        return ((double)bytes / Steps, calls);
    }

    /// <summary>Weights and biases, each a layer.</summary>
    private sealed class Many : nn.Module, ISamModel
    {
        private readonly Parameter[] _tensors;

        public Many(int parameters, ScalarType type)
            : base(nameof(Many))
        {
            _tensors = [.. Enumerable.Range(0, parameters).Select(i => new Parameter((i % 2 == 0 ? randn(2, 3) : randn(3)).to(type)))];
            for (var i = 0; i < parameters; i++)
            {
                register_parameter(Name(i), _tensors[i]);
            }
        }

        public Tensor Loss() => cat([.. _tensors.Select(parameter => parameter.view(-1))]).square().sum();

        IReadOnlyList<SamLayer> ISamModel.CreateLayers() =>
            [.. _tensors.Select((parameter, i) => new SamLayer(Name(i), SamLayerKind.Parameter, -1, parameter))];

        private static string Name(int index) => $"{(index % 2 == 0 ? "weight" : "bias")}{index / 2}";
    }
}
