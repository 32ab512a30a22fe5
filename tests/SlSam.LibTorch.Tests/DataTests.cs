using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.LibTorch.Tests;

/// <summary>Between .NET's memory and tensors.</summary>
public class DataTests
{
    [Fact]
    public void ArraysAreCopiedByTensorAndSharedByAsTensor()
    {
        using var scope = NewDisposeScope();
        var array = new[] { 1f, 2f };
        var copy = tensor(array);
        var shared = as_tensor(array);
        var buffer = frombuffer(array, float32, count: 1, offset: 1);
        array[1] = 9;
        Assert.Equal([1f, 2f], copy.data<float>().ToArray());
        Assert.Equal([1f, 9f], shared.data<float>().ToArray());
        Assert.Equal(9f, buffer.item<float>());
        shared.mul_(2);
        Assert.Equal([2f, 18f], array);
    }

    [Fact]
    public void SharedArraysStayWhereTheyAreUntilTheirTensorsAreGone()
    {
        using var shared = as_tensor(new[] { 1L, 2L, 3L });
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var sum = shared.sum();
        Assert.Equal(6L, sum.item<long>());
    }

    [Fact]
    public void ArraysOfMoreDimensionsKeepTheirShape()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[,] { { 1.0, 2, 3 }, { 4, 5, 6 } });
        Assert.Equal([2, 3], x.shape);
        Assert.Equal([1.0, 4, 2, 5, 3, 6], x.t().data<double>().ToArray());
        Assert.Equal(new[,] { { 1.0, 4 }, { 2, 5 }, { 3, 6 } }, x.t().data<double>().ToNDArray());
        Assert.Equal([1, 3], x.t().stride());
        Assert.Equal([true, false], tensor(new[] { true, false }).data<bool>());
        Assert.Equal((Half)0.5, tensor(new[] { (Half)0.5 })[0].item<Half>());
        Assert.Equal([3L, 4L], tensor(new List<int> { 3, 4 }, dtype: int64).data<long>().ToArray());
    }

    [Fact]
    public void AccessorsReadAndWriteAcrossStrides()
    {
        using var scope = NewDisposeScope();
        var x = arange(6, float32).view(2, 3);
        var column = x[TensorIndex.Colon, 1].data<float>();
        Assert.Equal([1f, 4f], column.ToArray());
        column[1] = 7;
        column.CopyFrom([5f], 0, 0);
        Assert.Equal([0f, 5f, 2f, 3f, 7f, 5f], x.data<float>().ToArray());
        Assert.Equal(7f, x.data<float>()[1, 1]);
        var part = new float[3];
        x.data<float>().CopyTo(part, 1, 4);
        Assert.Equal([0f, 7f, 5f], part);
        Assert.Throws<IndexOutOfRangeException>(() => column[2]);
    }

    [Fact]
    public void BytesAreTheTensorsMemory()
    {
        using var x = zeros(2, int32);
        x.bytes = new byte[] { 1, 0, 0, 0, 0, 1, 0, 0 };
        Assert.Equal([1, 256], x.data<int>().ToArray());
        Assert.Throws<ArgumentException>(() => x.bytes = new byte[3]);
    }

    [Fact]
    public void BytesGoThroughStreams()
    {
        using var scope = NewDisposeScope();
        var x = randn(700, 500);
        var stream = new MemoryStream();
        x.WriteBytesToStream(stream);
        var y = empty(700, 500);
        stream.Position = 0;
        y.ReadBytesFromStream(stream);
        Assert.True(x.Equals(y));
        Assert.Throws<EndOfStreamException>(() => y.ReadBytesFromStream(new MemoryStream(new byte[5])));
        Assert.ThrowsAny<Exception>(() => x.t().WriteBytesToStream(stream));
    }

    [Fact]
    public void RandomStateIsSavedAndRestored()
    {
        using var scope = NewDisposeScope();
        manual_seed(5).Dispose();
        var state = get_rng_state();
        var first = rand(3);
        set_rng_state(state);
        Assert.True(first.Equals(rand(3)));
        using var generator = new Generator(7);
        using var twin = new Generator(7);
        Assert.True(rand(3, generator: generator).Equals(rand(3, generator: twin)));
        Assert.False(rand(3, generator: generator).Equals(rand(3, generator: generator)));
        Assert.Equal(7, generator.initial_seed());
    }

    [Fact]
    public void IndexedAssignmentWritesIntoTheTensor()
    {
        using var scope = NewDisposeScope();
        var x = zeros(3, 3);
        x[0] = ones(3);
        x[1, 2] = tensor(5f);
        x[TensorIndex.Colon, 0] = tensor(7f);
        x[tensor(new long[] { 2 })] = tensor(4f);
        x[x > 6] = tensor(-1f);
        Assert.Equal([-1f, 1, 1, -1, 0, 5, 4, 4, 4], x.data<float>().ToArray());
    }

    [Fact]
    public void ATensorIsDescribedByShapeTypeAndDevice()
    {
        using var x = zeros(2, 3);
        using var scalar = tensor(1L);
        Assert.Equal("[2x3], type = Float32, device = cpu", x.ToString());
        Assert.Equal("[], type = Int64, device = cpu", scalar.ToString());
        Assert.Equal("cuda:1", new Device("cuda:1").ToString());
        Assert.Throws<ArgumentException>(() => new Device("toaster"));
    }
}
