using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Checkpoints;

public sealed class SafetensorsLoadIntoTests : IDisposable
{
    private readonly SafetensorsBytes _files = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    [Fact]
    public void Weights_go_where_their_names_say_converted_to_the_modules_type()
    {
        using var module = nn.Linear(2, 1);
        string path = Save(
            ("layer.w", tensor(new[] { 1.5f, -2f }, [1, 2]).to(ScalarType.Float16)), ("layer.b", tensor(new[] { 0.25f }, [1])));
        using var file = SafetensorsFile.Open(path);

        var result = file.LoadInto(module, name => $"layer.{name[0]}");

        Assert.Equal(["weight", "bias"], result.Loaded);
        Assert.Empty(result.Missing);
        Assert.Empty(result.Unused);
        Assert.Equal([1.5f, -2f], module.weight!.data<float>().ToArray());
        Assert.Equal([0.25f], module.bias!.data<float>().ToArray());
        Assert.True(module.weight.requires_grad);
    }

    [Fact]
    public void A_missing_or_unused_name_is_an_error_or_reported()
    {
        using var module = nn.Linear(2, 1);
        using (no_grad())
            module.weight!.zero_();
        using var file = SafetensorsFile.Open(Save(("weight", ones(1, 2)), ("other", ones(1))));

        Assert.Contains("'bias'", Assert.Throws<InvalidDataException>(() => file.LoadInto(module)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "'other'",
            Assert.Throws<InvalidDataException>(() => file.LoadInto(module, name => name == "bias" ? null : name)).Message,
            StringComparison.Ordinal);
        Assert.Equal([0f, 0f], module.weight!.data<float>().ToArray());

        var result = file.LoadInto(module, strict: false);

        Assert.Equal(["weight"], result.Loaded);
        Assert.Equal(["bias"], result.Missing);
        Assert.Equal(["other"], result.Unused);
        Assert.Equal([1f, 1f], module.weight!.data<float>().ToArray());
    }

    [Fact]
    public void Nothing_changes_if_the_last_of_the_weights_does_not_fit()
    {
        using var module = nn.Linear(2, 1);
        float[] before = module.weight!.data<float>().ToArray();
        using var file = SafetensorsFile.Open(Save(("weight", ones(1, 2)), ("bias", ones(2))));

        var exception = Assert.Throws<InvalidDataException>(() => file.LoadInto(module));

        Assert.Contains("bias: Float32 [2]", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, module.weight.data<float>().ToArray());
    }

    [Fact]
    public void Nothing_changes_if_the_file_ends_while_it_is_read()
    {
        using var module = nn.Linear(2, 1);
        float[] before = module.weight!.data<float>().ToArray();
        string path = Save(("weight", ones(1, 2)), ("bias", ones(1)));
        using var file = SafetensorsFile.Open(path);
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            stream.SetLength(stream.Length - 1);

        Assert.Throws<InvalidDataException>(() => file.LoadInto(module));

        Assert.Equal(before, module.weight.data<float>().ToArray());
    }

    [Fact]
    public void Fractions_do_not_go_into_whole_numbers()
    {
        using var module = nn.BatchNorm1d(1);
        using var file = SafetensorsFile.Open(Save(("num_batches_tracked", tensor(2.5f))));

        var exception = Assert.Throws<InvalidDataException>(() => file.LoadInto(module, strict: false));

        Assert.Contains("num_batches_tracked", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _files.Dispose();
    }

    private string Save(params (string Name, Tensor Tensor)[] tensors)
    {
        string path = _files.PathTo("weights.safetensors");
        SafetensorsWriter.Write(path, tensors.Select(named => KeyValuePair.Create(named.Name, named.Tensor)));
        return path;
    }
}
