using System.Buffers.Binary;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Checkpoints;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly SafetensorsBytes _files = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    [Fact]
    public void The_file_has_the_formats_layout()
    {
        string path = _files.PathTo("a.safetensors");
        SafetensorsWriter.Write(
            path,
            [
                KeyValuePair.Create("small", tensor(new byte[] { 9 }, [1])),
                KeyValuePair.Create("turned", tensor(new[] { 1f, 2f, 3f, 4f, 5f, 6f }, [2, 3]).t()),
            ],
            new Dictionary<string, string> { ["format"] = "pt" });

        byte[] bytes = File.ReadAllBytes(path);
        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, headerLength % 8);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, headerLength));
        var turned = header.RootElement.GetProperty("turned");
        Assert.Equal("F32", turned.GetProperty("dtype").GetString());
        Assert.Equal([3, 2], turned.GetProperty("shape").Deserialize<int[]>()!);
        Assert.Equal([0, 24], turned.GetProperty("data_offsets").Deserialize<int[]>()!);
        Assert.Equal([24, 25], header.RootElement.GetProperty("small").GetProperty("data_offsets").Deserialize<int[]>()!);
        Assert.Equal("pt", header.RootElement.GetProperty("__metadata__").GetProperty("format").GetString());
        var values = Enumerable.Range(0, 6).Select(index => BitConverter.ToSingle(bytes, 8 + headerLength + 4 * index));
        Assert.Equal([1f, 4f, 2f, 5f, 3f, 6f], values);
        Assert.Equal(8 + headerLength + 25, bytes.Length);
        Assert.Equal(9, bytes[^1]);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        string path = _files.PathTo("a.safetensors");
        manual_seed(1);
        var tensors = new Dictionary<string, Tensor>
        {
            ["doubles"] = randn(3, 5, dtype: ScalarType.Float64),
            ["brain"] = randn(7).to(ScalarType.BFloat16),
            ["truth"] = randn(4).gt(0),
            ["scalar"] = tensor(3L),
            ["empty"] = empty(0, 2),
            ["trained"] = randn(2, 2, requires_grad: true),
        };

        SafetensorsWriter.Write(path, tensors);

        using var file = SafetensorsFile.Open(path);
        Assert.Equal(tensors.Keys.Order(), file.Entries.Select(entry => entry.Name).Order());
        foreach (var (name, written) in tensors)
        {
            var read = file.Read(name);
            Assert.Equal(written.dtype, read.dtype);
            Assert.Equal(written.shape, read.shape);
            Assert.True(written.eq(read).all().item<bool>(), name);
        }
    }

    [Fact]
    public void A_failure_leaves_the_older_file_and_nothing_else()
    {
        string path = _files.PathTo("a.safetensors");
        SafetensorsWriter.Write(path, [KeyValuePair.Create("x", ones(2))]);
        byte[] before = File.ReadAllBytes(path);
        var disposed = ones(3);
        disposed.Dispose();
        var twice = KeyValuePair.Create("x", zeros(2));

        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, [twice, twice]));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, [KeyValuePair.Create("__metadata__", zeros(2))]));
        Assert.ThrowsAny<Exception>(() => SafetensorsWriter.Write(path, [twice, KeyValuePair.Create("y", disposed)]));
        Assert.Throws<ArgumentException>(
            () => SafetensorsWriter.Write(path, [KeyValuePair.Create("c", zeros(2, dtype: ScalarType.ComplexFloat32))]));

        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(["a.safetensors"], _files.FileNames);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _files.Dispose();
    }
}
