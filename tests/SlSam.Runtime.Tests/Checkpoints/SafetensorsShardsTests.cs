using System.Text.Json;
using SlSam.Runtime.Tests.Lora;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Checkpoints;

public sealed class SafetensorsShardsTests : IDisposable
{
    private const string First = "model-00001-of-00002.safetensors", Second = "model-00002-of-00002.safetensors";

    private readonly SafetensorsBytes _files = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    [Fact]
    public void A_module_is_filled_from_several_files_as_from_one()
    {
        manual_seed(3);
        using var source = new Tagger();
        using var target = new Tagger();
        var state = source.state_dict().ToList();
        SafetensorsWriter.Write(_files.PathTo(First), state.Take(5));
        SafetensorsWriter.Write(_files.PathTo(Second), state.Skip(5));
        string index = Index(state.Select((each, at) => (each.Key, at < 5 ? First : Second)));

        using var shards = SafetensorsShards.Open(index);
        var result = shards.LoadInto(target);

        Assert.Equal(state.Select(each => each.Key).Order(), shards.Entries.Select(entry => entry.Name).Order());
        Assert.Equal((state.Count, 0, 0), (result.Loaded.Count, result.Missing.Count, result.Unused.Count));
        Assert.Empty(new Snapshot(source).Differing(target));
        Assert.True(shards.Contains("tokens.weight"));
        Assert.Equal("tokens.weight: Float64 [11, 6]", shards["tokens.weight"].ToString());
        Assert.Equal(ScalarType.Float32, shards.Read("tokens.weight", ScalarType.Float32).dtype);
        Assert.Throws<KeyNotFoundException>(() => shards["token.weight"]);
    }

    [Theory]
    [InlineData("{", "index of safetensors files")]
    [InlineData("[]", "weight_map")]
    [InlineData("""{"weight_map": 1}""", "weight_map")]
    [InlineData("""{"weight_map": {"a": "../first"}}""", "'../first'")]
    [InlineData("""{"weight_map": {"a": "/first"}}""", "'/first'")]
    [InlineData("""{"weight_map": {"a": ".."}}""", "'..'")]
    [InlineData("""{"weight_map": {"a": "b\\\\c"}}""", "not the name of a file")]
    [InlineData("""{"weight_map": {"a": 7}}""", "lacks")]
    [InlineData("""{"weight_map": {"a": "first", "a": "second"}}""", "'a' twice")]
    [InlineData("""{"weight_map": {"b": "first"}}""", "'first' has the tensor 'b'")]
    [InlineData("""{"weight_map": {"a": "first", "b": "again"}}""", "both have a tensor 'a'")]
    [InlineData("""{"weight_map": {"a": "first", "b": "cut"}}""", "cut")]
    public void What_is_wrong_with_an_index_is_said_and_no_file_stays_open(string index, string named)
    {
        foreach (string name in new[] { "first", "again" })
            SafetensorsWriter.Write(_files.PathTo(name), [new("a", ones(2))]);
        File.WriteAllBytes(_files.PathTo("cut"), File.ReadAllBytes(_files.PathTo("first"))[..20]);
        string path = _files.PathTo("index.json");
        File.WriteAllText(path, index);

        var exception = Assert.ThrowsAny<Exception>(() => SafetensorsShards.Open(path));

        if (named == "lacks")
            Assert.IsType<FileNotFoundException>(exception);
        else
            Assert.Contains(named, Assert.IsType<InvalidDataException>(exception).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(OpenFiles(), open => open.StartsWith(_files.PathTo(""), StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _scope.Dispose();
        _files.Dispose();
    }

    /// <summary>What this process has open, where the system tells.</summary>
    private static IEnumerable<string> OpenFiles() => Directory.Exists("/proc/self/fd")
        ? Directory.EnumerateFiles("/proc/self/fd").Select(each => new FileInfo(each).LinkTarget ?? "")
        : [];

    private string Index(IEnumerable<(string Tensor, string File)> map)
    {
        string path = _files.PathTo("model.safetensors.index.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new
        {
            metadata = new { total_size = 1 },
            weight_map = map.ToDictionary(each => each.Tensor, each => each.File),
        }));
        return path;
    }
}
