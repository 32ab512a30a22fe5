using SlSam.Reliability.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Reliability.Tests.Fuzzing.Targets;

/// <summary>A safetensors file: every tensor of it is read, and then all are loaded into a module.</summary>
internal sealed class SafetensorsTarget : FuzzTarget
{
    private const string FileName = "model.safetensors";

    private readonly SmallClassifier _model = new();

    public override string Name => "safetensors";

    public override int Share => 20;

    public override void Read(FuzzInput input)
    {
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(Write(input));
        foreach (var entry in file.Entries)
        {
            using var tensor = file.Read(entry.Name);
        }

        file.LoadInto(_model, strict: false);
    }

    public override FuzzInput Generate(Random random) => One(FileName, MadeUpSafetensors.Make(random, [.. _model.state_dict().Keys, "a", ""]));

    public override void Mend(FuzzInput input, Random random) => input[FileName] = MadeUpSafetensors.Mend(input[FileName]);

    public override void Dispose()
    {
        _model.Dispose();
        base.Dispose();
    }

    protected override IEnumerable<FuzzInput> CreateValid()
    {
        var path = Path.Combine(Folder, FileName);
        SafetensorsWriter.Write(path, _model.state_dict(), new Dictionary<string, string> { ["format"] = "pt" });
        yield return One(FileName, File.ReadAllBytes(path));
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(path, new Dictionary<string, Tensor>
        {
            ["none"] = zeros(0, 3),
            ["scalar"] = tensor(7),
            ["half"] = ones(3, dtype: ScalarType.Float16),
            ["flags"] = ones(5, dtype: ScalarType.Bool),
        });
        yield return One(FileName, File.ReadAllBytes(path));
    }
}

/// <summary>An index of safetensors files, with a file outside of the folder that no index may reach.</summary>
internal sealed class ShardsTarget : FuzzTarget
{
    private const string Index = "model.safetensors.index.json", First = "model-1.safetensors", Second = "model-2.safetensors", Outside = "outside.safetensors";

    private readonly TemporaryFolder _parent = new();
    private readonly string _inside;

    public ShardsTarget()
    {
        _inside = Directory.CreateDirectory(_parent.PathTo("inside")).FullName;
        using var one = ones(1);
        SafetensorsWriter.Write(_parent.PathTo(Outside), new Dictionary<string, Tensor> { ["outside"] = one });
    }

    public override string Name => "index of shards";

    public override int Share => 10;

    /// <summary>A file that is named may be missing.</summary>
    public override bool IsDocumented(Exception exception) => exception is InvalidDataException or IOException;

    public override void Read(FuzzInput input)
    {
        input.Write(_inside);
        using var scope = NewDisposeScope();
        using var shards = SafetensorsShards.Open(Path.Combine(_inside, Index));
        foreach (var entry in shards.Entries)
        {
            shards.Read(entry.Name);
        }

        if (shards.Contains("outside"))
        {
            throw new FuzzFailure("It has read a file outside of its folder.");
        }
    }

    public override FuzzInput Generate(Random random)
    {
        string[] files = [First, Second, $"../{Outside}", $"inside/../../{Outside}", _parent.PathTo(Outside), $"./{First}", $"..\\\\{Outside}", "..", "", "\\u0000", $"{First}/", $"{First}/../../{Outside}"];
        string[] tensors = ["a", "b", "c", "outside"];
        var map = string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => $"\"{tensors[random.Next(4)]}\":\"{files[random.Next(files.Length)]}\""));
        return new FuzzInput(Valid[0])
        {
            [Index] = System.Text.Encoding.UTF8.GetBytes(
                random.Next(3) == 0 ? new MadeUpJson(random, [.. files, .. tensors, "weight_map"]).Object() : $"{{\"metadata\":{{}},\"weight_map\":{{{map}}}}}"),
        };
    }

    public override void Mend(FuzzInput input, Random random)
    {
        input[First] = MadeUpSafetensors.Mend(input[First]);
        input[Second] = MadeUpSafetensors.Mend(input[Second]);
    }

    public override void Dispose()
    {
        _parent.Dispose();
        base.Dispose();
    }

    protected override IEnumerable<FuzzInput> CreateValid()
    {
        using var scope = NewDisposeScope();
        string first = Path.Combine(Folder, First), second = Path.Combine(Folder, Second);
        SafetensorsWriter.Write(first, new Dictionary<string, Tensor> { ["a"] = ones(2, 3), ["b"] = ones(2) });
        SafetensorsWriter.Write(second, new Dictionary<string, Tensor> { ["c"] = ones(4) });
        var input = One(Index, $"{{\"metadata\":{{\"total_size\":48}},\"weight_map\":{{\"a\":\"{First}\",\"b\":\"{First}\",\"c\":\"{Second}\"}}}}");
        input[First] = File.ReadAllBytes(first);
        input[Second] = File.ReadAllBytes(second);
        yield return input;
    }
}
