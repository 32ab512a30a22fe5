using System.Text.Json.Nodes;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Checkpoints;

/// <summary>A checkpoint that is damaged, foreign or of something else is refused with the reason, and what it was to be loaded into is as it was.</summary>
public sealed class RefusedCheckpointTests : IDisposable
{
    private readonly CheckpointFiles _files = new();
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Mlp _model;
    private readonly TestOptimizer _optimizer;
    private readonly string _saved;
    private readonly string _before;

    public RefusedCheckpointTests()
    {
        manual_seed(1);
        _model = Model(5);
        _optimizer = Optimizer(_model, UpdateRule.AdamW(1e-2));
        Train(_model, _optimizer, steps: 4);
        _saved = _files.Save(_optimizer);
        Train(_model, _optimizer, steps: 3);
        _before = _files.Save(_optimizer);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        foreach (var name in new[] { CheckpointFiles.Manifest, CheckpointFiles.Weights, CheckpointFiles.Others })
        {
            var length = new FileInfo(Path.Combine(_saved, name)).Length;
            for (var part = 0; part < 12; part++)
            {
                var copy = _files.Copy(_saved);
                using (var file = new FileStream(Path.Combine(copy, name), FileMode.Open))
                {
                    file.SetLength(part * (length - 1) / 11);
                }

                AssertRefused(copy, "");
            }
        }
    }

    [Fact]
    public void Every_changed_byte_of_the_tensors_is_noticed()
    {
        var random = new Random(3);
        foreach (var name in new[] { CheckpointFiles.Weights, CheckpointFiles.Others })
        {
            for (var round = 0; round < 20; round++)
            {
                var copy = _files.Copy(_saved);
                var bytes = File.ReadAllBytes(Path.Combine(copy, name));
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(Path.Combine(copy, name), bytes);
                AssertRefused(copy, "checksum");
            }
        }
    }

    [Fact]
    public void Files_of_two_checkpoints_do_not_make_one()
    {
        var copy = _files.Copy(_saved);
        File.Copy(Path.Combine(_before, CheckpointFiles.Others), Path.Combine(copy, CheckpointFiles.Others), overwrite: true);

        AssertRefused(copy, "checksum");
    }

    [Theory]
    [InlineData(CheckpointFiles.Manifest)]
    [InlineData(CheckpointFiles.Weights)]
    [InlineData(CheckpointFiles.Others)]
    public void A_missing_file_is_an_error_of_the_file_system(string name)
    {
        var copy = _files.Copy(_saved);
        File.Delete(Path.Combine(copy, name));

        Assert.ThrowsAny<IOException>(() => TrainingCheckpoint.Load(copy, _optimizer));

        AssertUnchanged();
    }

    public static TheoryData<string, string, string> Forged => new()
    {
        { "format", "\"another\"", "does not say 'SlSam training checkpoint'" },
        { "version", "2", "version 2" },
        { "version", "\"1\"", "'version'" },
        { "step", "-1", "'step'" },
        { "weights", "\"some\"", "'some'" },
        { "files", "{}", "does not name" },
        { "state", "[]", "'state'" },
        { "state/settings|options", "\"SamOptions { }\"", "trained with SamOptions" },
        { "state/settings|rule", "\"SgdRule\"", "trained with SgdRule" },
        { "state/settings|layers", "\"stem [2]\"", "stem [2], but here it is linear0.weight Float64 [5, 4] of linear0" },
        { "state/settings|layers", "7", "must be a text" },
        { "state/choice|stands", "1", "true or false" },
        { "state/choice|chosen", "[0]", "must be 3" },
        { "state/choice|chosen", "[0, 1, 3]", "from 0 to 2" },
        { "state/choice|chosen", "[0, 1, 0.5]", "whole numbers" },
        { "state/selector|bandit|probabilities", "[0.1, 0.2]", "has 2 numbers, but must have 3" },
        { "state/selector|bandit|probabilities", "[0.1, 0.2, null]", "null" },
        { "state/selector|bandit|probabilities", "0.5", "must be a list" },
        { "state/selector|draws|xoshiro256**", "[0, 0, 0, 0]", "not all 0" },
        { "state/selector|gaps", "-1", "from 0" },
        { "state/selector|gaps", "1e300", "from 0" },
        { "state/ascent schedule|steps", "null", "null" },
        { "state/group|linear0|learning rate", "\"much\"", "must have numbers" },
        { "state/surplus", "1", "'surplus', which nothing here remembers" },
    };

    [Theory]
    [MemberData(nameof(Forged))]
    public void What_the_state_cannot_be_is_named(string path, string value, string named)
    {
        var forged = _files.Forge(_saved, manifest =>
        {
            var slash = path.IndexOf('/', StringComparison.Ordinal);
            var parent = slash < 0 ? manifest : manifest[path[..slash]]!.AsObject();
            parent[path[(slash + 1)..].Replace('|', '/')] = JsonNode.Parse(value);
        });

        AssertRefused(forged, named);
    }

    [Fact]
    public void State_that_is_missing_or_said_twice_is_refused()
    {
        AssertRefused(_files.Forge(_saved, manifest => manifest["state"]!.AsObject().Remove("norms/lengths")), "it has no 'norms/lengths'");

        var copy = _files.Copy(_saved);
        var path = Path.Combine(copy, CheckpointFiles.Manifest);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"norms/lengths\"", "\"choice/roles\"", StringComparison.Ordinal));
        AssertRefused(copy, "given twice");
    }

    public static TheoryData<string, string> OtherTensors => new()
    {
        { "shape", "linear1.weight: Float64 [5, 6]" },
        { "type", "linear1.weight: Float32 [6, 5]" },
        { "missing", "no tensor 'linear1.weight'" },
        { "surplus", "'linear9.weight', which nothing here remembers" },
    };

    /// <summary>Checksums are right, and what they are of is not.</summary>
    [Theory]
    [MemberData(nameof(OtherTensors))]
    public void Other_tensors_are_refused(string change, string named)
    {
        const string name = "linear1.weight";
        var forged = Forge(CheckpointFiles.Weights, tensors =>
        {
            switch (change)
            {
                case "shape": tensors[name] = tensors[name].t().contiguous(); break;
                case "type": tensors[name] = tensors[name].to(ScalarType.Float32); break;
                case "missing": tensors.Remove(name); break;
                default: tensors["linear9.weight"] = ones(1); break;
            }
        });

        AssertRefused(forged, named);
    }

    [Fact]
    public void Moments_come_together_and_fit_what_they_are_of()
    {
        AssertRefused(Forge(CheckpointFiles.Others, tensors => tensors.Remove(tensors.Keys.First(name => name.EndsWith("moments/second", StringComparison.Ordinal)))), "moments/second");
        AssertRefused(Forge(CheckpointFiles.Others, tensors => tensors[tensors.Keys.First(name => name.EndsWith("moments/first", StringComparison.Ordinal))] = zeros(3)), "moments/first: Float32 [3]");
        AssertRefused(Forge(CheckpointFiles.Others, tensors => tensors["mask/0: linear0.weight"] = tensor(new long[] { 0, 1_000 })), "has the index 1000");
        AssertRefused(Forge(CheckpointFiles.Others, tensors => tensors["mask/0: linear0.weight"] = tensor(new long[] { 1, 1 })), "has the index 1");
        AssertRefused(Forge(CheckpointFiles.Others, tensors => tensors["mask/0: linear0.weight"] = zeros(2, 2, ScalarType.Int64)), "no vector 'mask/0: linear0.weight'");
        AssertRefused(Forge(CheckpointFiles.Others, tensors => tensors["random/generator"].zero_()), "no state of a generator");
    }

    [Fact]
    public void A_checkpoint_of_another_model_method_or_rule_is_refused()
    {
        AssertRefused(SaveOther(6, Options, UpdateRule.AdamW(1e-2)), "linear0.weight Float64 [6, 4]");
        AssertRefused(SaveOther(5, Options, UpdateRule.Sgd(0.1)), "SgdRule");
        AssertRefused(SaveOther(5, Options with { Granularity = ArmGranularity.Parameter }, UpdateRule.AdamW(1e-2)), "linear0.weight Float64 [5, 4] of linear0.weight");
        AssertRefused(SaveOther(5, new SamOptions(), UpdateRule.AdamW(1e-2)), "SamOptions");
    }

    [Fact]
    public void Other_settings_are_taken_where_they_are_allowed()
    {
        using var other = Model(5);
        using var optimizer = new TestOptimizer(other, Options with { Rho = 0.3 }, UpdateRule.AdamW(3e-2, beta1: 0.8));

        Assert.Contains("Rho = 0.05", Assert.Throws<InvalidDataException>(() => TrainingCheckpoint.Load(_saved, optimizer)).Message, StringComparison.Ordinal);
        TrainingCheckpoint.Load(_saved, optimizer, sameSettings: false);

        Assert.Equal(1e-2, optimizer.Groups[0].LearningRate);
        Train(other, optimizer, steps: 1);
    }

    [Fact]
    public void A_folder_that_exists_is_not_written_over()
    {
        Assert.Contains("exists already", Assert.Throws<IOException>(() => TrainingCheckpoint.Save(_saved, _optimizer, 1)).Message, StringComparison.Ordinal);
        Assert.Equal(["0", "1"], Directory.EnumerateDirectories(Path.GetDirectoryName(_saved)!).Select(path => Path.GetFileName(path)!).Order());
    }

    [Fact]
    public void A_save_that_fails_leaves_nothing()
    {
        var folder = _files.Next();
        var unwritable = JsonValue.Create(double.NaN);

        Assert.ThrowsAny<ArgumentException>(() => TrainingCheckpoint.Save(folder, _optimizer, 1, data: unwritable));

        Assert.Equal(["0", "1"], Directory.EnumerateDirectories(Path.GetDirectoryName(folder)!).Select(path => Path.GetFileName(path)!).Order());
        AssertUnchanged();
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _model.Dispose();
        _scope.Dispose();
        _files.Dispose();
    }

    private static SharpnessOptions Options => new SlSamOptions { Sparsity = 0.5 };

    private static Mlp Model(int width) => new(["tanh", "tanh"], 4, width, 6, 3);

    private static TestOptimizer Optimizer(Mlp model, UpdateRule rule) => new(model, Options, rule);

    private static void Train(Mlp model, TestOptimizer optimizer, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            var batch = Batch.Random(8, 4, 3, ScalarType.Float64);
            Assert.Equal(StepOutcome.Updated, optimizer.Step(() => batch.Loss(model.call(batch.Input))).Outcome);
        }
    }

    /// <summary>A checkpoint of another run; making it leaves the generator where it was.</summary>
    private string SaveOther(int width, SharpnessOptions options, UpdateRule rule)
    {
        using var generator = get_rng_state();
        using var model = Model(width);
        using var optimizer = new TestOptimizer(model, options, rule);
        var folder = _files.Save(optimizer);
        set_rng_state(generator);
        return folder;
    }

    private string Forge(string name, Action<Dictionary<string, Tensor>> change) => _files.Forge(_saved, _ => { }, folder =>
    {
        var path = Path.Combine(folder, name);
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>();
        using (var file = SafetensorsFile.Open(path))
        {
            foreach (var entry in file.Entries)
            {
                tensors[entry.Name] = file.Read(entry.Name);
            }
        }

        change(tensors);
        SafetensorsWriter.Write(path, tensors);
    });

    private void AssertRefused(string folder, string named)
    {
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        var exception = Assert.Throws<InvalidDataException>(() => TrainingCheckpoint.Load(folder, _optimizer));

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.Contains(folder, exception.Message, StringComparison.Ordinal);
        AssertUnchanged();
    }

    private void AssertUnchanged() => CheckpointFiles.AssertSame(_before, _files.Save(_optimizer), "a refused checkpoint has changed it");
}
