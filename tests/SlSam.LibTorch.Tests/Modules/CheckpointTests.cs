using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.LibTorch.Tests.Modules;

/// <summary>TorchSharp's binary format: its bytes, and that what is written is read, wholly or not at all.</summary>
public class CheckpointTests
{
    private static readonly string[] s_out = ["out.weight"];

    [Fact]
    public void BytesAreThoseOfTorchSharpsFormat()
    {
        using var module = nn.Linear(1, 2, hasBias: false);
        using (no_grad()) module.weight.copy_(tensor(new float[,] { { 1 }, { -2 } }));
        var stream = new MemoryStream();
        module.save(stream);
        byte[] expected =
        [
            1, // entries
            6, .. "weight"u8, // length and name
            6, 2, 2, 1, // float32, two dimensions, 2 x 1
            0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0,
        ];
        Assert.Equal(expected, stream.ToArray());
    }

    private static Sequential Model() => nn.Sequential(("norm", nn.BatchNorm1d(3)), ("out", nn.Linear(3, 2)));

    private static byte[] Saved(Sequential model)
    {
        var stream = new MemoryStream();
        model.save(stream);
        return stream.ToArray();
    }

    [Fact]
    public void WhatIsSavedIsLoaded()
    {
        using var scope = NewDisposeScope();
        using var source = Model();
        source.call(randn(5, 3));
        using var target = Model();
        target.load(new MemoryStream(Saved(source)));
        source.eval();
        target.eval();
        var input = randn(4, 3);
        Assert.Equal(source.call(input).data<float>().ToArray(), target.call(input).data<float>().ToArray());
        Assert.Equal(1, ((BatchNorm1d)target[0]).num_batches_tracked!.item<long>());
    }

    [Fact]
    public void SkippedNamesStayAsTheyAre()
    {
        using var scope = NewDisposeScope();
        using var source = Model();
        using var target = Model();
        var before = ((Linear)target[1]).weight.data<float>().ToArray();
        var seen = new Dictionary<string, bool>();
        target.load(new MemoryStream(Saved(source)), skip: s_out, loadedParameters: seen);
        Assert.Equal(before, ((Linear)target[1]).weight.data<float>().ToArray());
        Assert.Equal(((Linear)source[1]).bias!.data<float>().ToArray(), ((Linear)target[1]).bias!.data<float>().ToArray());
        Assert.Equal(7, seen.Count);
    }

    [Fact]
    public void AnotherModelsFileIsRefused()
    {
        using var scope = NewDisposeScope();
        using var source = Model();
        using var other = nn.Sequential(("norm", nn.BatchNorm1d(3)), ("out", nn.Linear(3, 4)));
        Assert.ThrowsAny<ArgumentException>(() => other.load(new MemoryStream(Saved(source))));
        using var smaller = nn.Sequential(("norm", nn.BatchNorm1d(3)));
        Assert.ThrowsAny<ArgumentException>(() => smaller.load(new MemoryStream(Saved(source))));
        smaller.load(new MemoryStream(Saved(source)), strict: false);
    }

    [Fact]
    public void ATruncatedFileIsRefused()
    {
        using var scope = NewDisposeScope();
        using var source = Model();
        using var target = Model();
        Assert.ThrowsAny<IOException>(() => target.load(new MemoryStream(Saved(source)[..^3])));
    }

    public static TheoryData<string> Optimizers => new("SGD", "Adam", "AdamW");

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void AnOptimizerGoesOnFromItsFile(string name)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (nn.Parameter(ones(3)), nn.Parameter(ones(3)));
        using var first = Make(name, a, 0.1);
        using var second = Make(name, b, 0.7);
        Step(first, a);
        Step(first, a);
        using (no_grad()) b.copy_(a);

        var file = Path.GetTempFileName();
        try
        {
            first.save_state_dict(file);
            second.load_state_dict(file);
        }
        finally
        {
            File.Delete(file);
        }

        Step(first, a);
        Step(second, b);
        Assert.Equal(a.data<float>().ToArray(), b.data<float>().ToArray());
    }

    [Fact]
    public void AnotherOptimizersFileIsRefused()
    {
        using var scope = NewDisposeScope();
        using var adam = Make("Adam", nn.Parameter(ones(3)), 0.1);
        using var sgd = Make("SGD", nn.Parameter(ones(3)), 0.1);
        var stream = new MemoryStream();
        adam.save_state_dict(new BinaryWriter(stream));
        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => sgd.load_state_dict(new BinaryReader(stream)));
    }

    private static OptimizerHelper Make(string name, Parameter parameter, double rate) => name switch
    {
        "SGD" => optim.SGD([parameter], rate, momentum: 0.9),
        "Adam" => optim.Adam([parameter], rate, amsgrad: true),
        _ => optim.AdamW([parameter], rate, weight_decay: 0.1),
    };

    private static void Step(OptimizerHelper optimizer, Parameter parameter)
    {
        optimizer.zero_grad();
        using var loss = parameter.pow(3).sum();
        loss.backward();
        optimizer.step();
    }
}
