using System.Text.Json.Nodes;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Checkpoints;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly CheckpointFiles _files = new();
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Mlp _model = new(["tanh"], 4, 5, 3);
    private readonly TestOptimizer _optimizer;

    public CheckpointFolderTests() => _optimizer = new TestOptimizer(_model, new SamOptions(), UpdateRule.Sgd(0.1));

    [Fact]
    public void The_newest_are_kept_and_the_newest_is_resumed()
    {
        var folder = new CheckpointFolder(Path.Combine(_files.Next(), "run"), keep: 2);
        Assert.Empty(folder.Steps);
        Assert.Null(folder.Resume(_optimizer));
        foreach (var step in new long[] { 5, 90, 100, 1_000_000_000 })
        {
            Fill(step);
            Assert.Equal(folder.PathTo(step), folder.Save(_optimizer, step, data: new JsonObject { ["epoch"] = step / 10 }));
        }

        Assert.Equal([100, 1_000_000_000], folder.Steps);
        Assert.Equal(["step-00000100", "step-1000000000"], Directory.EnumerateFileSystemEntries(folder.Path).Select(path => Path.GetFileName(path)!).Order());
        Fill(0);
        var resumed = folder.Resume(_optimizer)!;
        Assert.Equal((1_000_000_000, 100_000_000), (resumed.Step, (long)resumed.Data!["epoch"]!));
        Assert.Equal(1_000_000_000, _model.Linears[0].weight!.max().item<double>());
        Assert.Contains("exists already", Assert.Throws<IOException>(() => folder.Save(_optimizer, 100)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_complete_is_not_there_and_is_cleared_away()
    {
        var folder = new CheckpointFolder(_files.Next());
        folder.Save(_optimizer, 1);
        Directory.CreateDirectory(folder.PathTo(2) + ".0123.unfinished");
        File.Copy(Path.Combine(folder.PathTo(1), CheckpointFiles.Weights), Path.Combine(folder.PathTo(2) + ".0123.unfinished", CheckpointFiles.Weights));
        Directory.CreateDirectory(Path.Combine(folder.Path, "step-3"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "step-mine"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "other.unfinished"));

        Assert.Equal([1], folder.Steps);
        Assert.Equal(1, folder.Resume(_optimizer)!.Step);
        folder.Save(_optimizer, 2);

        Assert.Equal(
            ["other.unfinished", "step-00000001", "step-00000002", "step-3", "step-mine"],
            Directory.EnumerateFileSystemEntries(folder.Path).Select(path => Path.GetFileName(path)!).Order());
    }

    [Fact]
    public void A_damaged_checkpoint_is_not_passed_over_in_silence()
    {
        var folder = new CheckpointFolder(_files.Next());
        folder.Save(_optimizer, 1);
        folder.Save(_optimizer, 2);
        File.WriteAllText(Path.Combine(folder.PathTo(2), CheckpointFiles.Weights), "");

        Assert.Contains(folder.PathTo(2), Assert.Throws<InvalidDataException>(() => folder.Resume(_optimizer)).Message, StringComparison.Ordinal);
        Directory.Delete(folder.PathTo(2), recursive: true);
        Assert.Equal(1, folder.Resume(_optimizer)!.Step);
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _model.Dispose();
        _scope.Dispose();
        _files.Dispose();
    }

    private void Fill(double value)
    {
        using var _ = no_grad();
        using Scalar scalar = value;
        _model.Linears[0].weight!.fill_(scalar);
    }
}
