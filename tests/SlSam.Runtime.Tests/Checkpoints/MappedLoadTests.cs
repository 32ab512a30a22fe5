using System.Globalization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Checkpoints;

/// <summary>
/// Weights that are loaded are in memory once: in the module. What a process has of the files beside that are pages of the files themselves, which the system
/// shares among processes and takes back when it likes.
/// </summary>
public sealed class MappedLoadTests : IDisposable
{
    private const int Shards = 4;
    private const long Rows = 1024, Columns = 8192;
    private const long Bytes = Shards * Rows * Columns * sizeof(float), Slack = 16 << 20;

    private readonly SafetensorsBytes _files = new();

    [SkippableTheory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    public void Loading_from_shards_holds_no_second_copy(ScalarType inFiles)
    {
        Skip.IfNot(File.Exists("/proc/self/clear_refs"), "Only Linux tells what memory is of files and what is not.");
        using var module = new ParameterList(Enumerable.Range(0, Shards).Select(_ => nn.Parameter(zeros(Rows, Columns).fill_(1), false)).ToArray());
        var index = WriteShards(inFiles);
        using (var warm = SafetensorsShards.Open(index))
        {
            warm.LoadInto(module);
        }

        var (anonymous, file) = (Resident("RssAnon"), Resident("RssFile"));
        File.WriteAllText("/proc/self/clear_refs", "5");
        var resident = Resident("VmRSS");
        using (var shards = SafetensorsShards.Open(index))
        {
            shards.LoadInto(module);

            var length = Bytes / sizeof(float) * (inFiles == ScalarType.Float16 ? 2 : 4);
            Assert.InRange(Resident("RssAnon") - anonymous, -Slack, Slack);
            Assert.InRange(Resident("RssFile") - file, length - Slack, length + Slack);
            Assert.InRange(Resident("VmHWM") - resident, 0, length + Slack);
        }

        Assert.InRange(Resident("RssFile") - file, -Slack, Slack);
        for (var shard = 0; shard < Shards; shard++)
        {
            using var difference = module[shard].sub(shard + 2).abs().max();
            Assert.Equal(0, difference.item<float>());
        }
    }

    public void Dispose() => _files.Dispose();

    private string WriteShards(ScalarType type)
    {
        var map = new List<string>();
        for (var shard = 0; shard < Shards; shard++)
        {
            using var scope = NewDisposeScope();
            var name = $"model-{shard}.safetensors";
            SafetensorsWriter.Write(_files.PathTo(name), new Dictionary<string, Tensor> { [$"{shard}"] = zeros(Rows, Columns, dtype: type).fill_(shard + 2) });
            map.Add($"\"{shard}\":\"{name}\"");
        }

        var index = _files.PathTo("model.safetensors.index.json");
        File.WriteAllText(index, $"{{\"weight_map\":{{{string.Join(',', map)}}}}}");
        return index;
    }

    /// <summary>A figure of the process's memory, in bytes.</summary>
    private static long Resident(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith($"{name}:", StringComparison.Ordinal));
        return 1024 * long.Parse(line[(name.Length + 1)..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }
}
