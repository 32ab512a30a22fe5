using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace SlSam.Runtime.Tests.Checkpoints;

/// <summary>Folders of training checkpoints that go away with the test, to be compared, damaged and forged.</summary>
internal sealed class CheckpointFiles : IDisposable
{
    public const string Manifest = "training.json", Weights = "model.safetensors", Others = "training.safetensors";

    private readonly string _root = Directory.CreateTempSubdirectory("checkpoints-").FullName;
    private int _count;

    public string Next() => Path.Combine(_root, $"{_count++}");

    /// <summary>Saves an optimizer's run.</summary>
    public string Save(SharpnessAwareOptimizer optimizer, TorchSharp.torch.optim.lr_scheduler.LRScheduler? schedule = null)
    {
        var folder = Next();
        TrainingCheckpoint.Save(folder, optimizer, step: 0, schedule);
        return folder;
    }

    /// <summary>Everything in two folders is the same, byte for byte.</summary>
    public static void AssertSame(string expected, string actual, string what)
    {
        var names = Directory.EnumerateFiles(expected).Select(path => Path.GetFileName(path)!).Order().ToArray();
        Assert.Equal([Weights, Manifest, Others], names);
        Assert.Equal(names, Directory.EnumerateFiles(actual).Select(path => Path.GetFileName(path)!).Order());
        Assert.Equal(File.ReadAllText(Path.Combine(expected, Manifest)), File.ReadAllText(Path.Combine(actual, Manifest)));
        foreach (var name in names)
        {
            Assert.True(File.ReadAllBytes(Path.Combine(expected, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(actual, name))), $"{name}: {what}");
        }
    }

    /// <summary>A copy of a checkpoint in which something was changed, with checksums that are right again.</summary>
    public string Forge(string folder, Action<JsonObject> change, Action<string>? changeFiles = null)
    {
        var copy = Copy(folder);
        changeFiles?.Invoke(copy);
        var path = Path.Combine(copy, Manifest);
        var manifest = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        foreach (var (name, file) in manifest["files"]!.AsObject())
        {
            var bytes = File.ReadAllBytes(Path.Combine(copy, name));
            file!["bytes"] = bytes.Length;
            file["sha256"] = Convert.ToHexString(SHA256.HashData(bytes));
        }

        change(manifest);
        File.WriteAllText(path, manifest.ToJsonString());
        return copy;
    }

    public string Copy(string folder)
    {
        var copy = Next();
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
