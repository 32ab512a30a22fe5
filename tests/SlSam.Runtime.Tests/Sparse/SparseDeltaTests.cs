using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Sparse;

/// <summary>What training has changed, taken out, kept in a file, and put back.</summary>
public sealed class SparseDeltaTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly string _folder = Directory.CreateTempSubdirectory("sparse-delta").FullName;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _scope.Dispose();
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void A_delta_over_several_masks_restores_the_base_bit_for_bit_and_brings_the_training_back(ScalarType type)
    {
        using var model = new MaskedClassifier(10, 3, type: type);
        using var start = new MaskedClassifier(10, 3, type: type);
        start.load_state_dict(model.state_dict());
        using var delta = Trained(model, type);
        using var end = new MaskedClassifier(10, 3, type: type);
        end.load_state_dict(model.state_dict());

        // Three random masks of 5 % each hold more entries than one.
        Assert.InRange(delta.Count, 16, 30);
        Assert.All(delta.Entries, entry => Assert.Equal(entry.Indices.data<long>().ToArray().Order().Distinct(), entry.Indices.data<long>().ToArray()));

        delta.Unmerge(model);
        Assert.Equal(["head.bias", "head.weight"], new Snapshot(model).Differing(start).Order());
        delta.Merge(model);
        Assert.Empty(new Snapshot(model).Differing(end));

        var path = Path.Combine(_folder, "delta.safetensors");
        delta.Save(path);
        using var loaded = SparseDelta.Load(path);
        loaded.Unmerge(model);
        loaded.Merge(model);
        Assert.Empty(new Snapshot(model).Differing(end));
        Assert.Equal(delta.Entries.Select(entry => entry.ToString()), loaded.Entries.Select(entry => entry.ToString()));
        Assert.Equal($"{delta.Count} entries of 2 parameters: {delta.Entries[0]}; {delta.Entries[1]}", delta.ToString());
        using var difference = loaded.Entries[0].Difference();
        Assert.True(difference.abs().sum().ToDouble() > 0);
    }

    [Fact]
    public void A_delta_is_refused_by_every_other_model_which_stays_as_it_was()
    {
        using var model = new MaskedClassifier(10, 3);
        using var delta = Trained(model);
        Refused(model, delta.Merge, "merged already");
        delta.Unmerge(model);
        Refused(model, delta.Unmerge, "merged already or not yet");

        // Only the last parameter differs: the others must not have been changed by then.
        using (no_grad())
        {
            model.get_parameter("second.weight")!.add_(1e-3f);
        }

        Refused(model, delta.Merge, "'second.weight' does not have the values");
        using var wide = new MaskedClassifier(11, 3);
        Refused(wide, delta.Merge, "shape [11, 11]");
        using var precise = new MaskedClassifier(10, 3, type: ScalarType.Float64);
        Refused(precise, delta.Merge, "Float64");
        using var other = new Mlp([], 10, 10);
        Refused(other, delta.Merge, "no parameter 'first.weight'");

        static void Refused(nn.Module model, Action<nn.Module> action, string reason)
        {
            var before = new Snapshot(model);
            Assert.Contains(reason, Assert.Throws<ArgumentException>(() => action(model)).Message);
            Assert.Empty(before.Changed());
        }
    }

    [Theory]
    [InlineData("foreign", "does not say")]
    [InlineData("range", "index 100")]
    [InlineData("negative", "index -1")]
    [InlineData("order", "not greater")]
    [InlineData("type", "must be int64")]
    [InlineData("length", "two vectors")]
    [InlineData("missing", "no tensor 'w.base'")]
    [InlineData("extra", "4 tensors for 1")]
    [InlineData("shape", "the shape '10,x'")]
    public void A_file_that_contradicts_itself_is_refused(string fault, string reason)
    {
        var tensors = new Dictionary<string, Tensor>
        {
            ["w.indices"] = tensor(new long[] { 3, 50, 99 }),
            ["w.base"] = rand(3),
            ["w.values"] = rand(3),
        };
        var metadata = new Dictionary<string, string> { ["format"] = "SlSam sparse delta 1", ["shape:w"] = "10,10" };
        switch (fault)
        {
            case "foreign":
                metadata["format"] = "pt";
                break;
            case "range":
                tensors["w.indices"] = tensor(new long[] { 3, 50, 100 });
                break;
            case "negative":
                tensors["w.indices"] = tensor(new long[] { -1, 50, 99 });
                break;
            case "order":
                tensors["w.indices"] = tensor(new long[] { 50, 50, 99 });
                break;
            case "type":
                tensors["w.indices"] = rand(3);
                break;
            case "length":
                tensors["w.values"] = rand(4);
                break;
            case "missing":
                tensors.Remove("w.base");
                break;
            case "extra":
                tensors["more"] = rand(1);
                break;
            case "shape":
                metadata["shape:w"] = "10,x";
                break;
        }

        var path = Path.Combine(_folder, "faulty.safetensors");
        SafetensorsWriter.Write(path, tensors, metadata);
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var error = Assert.Throws<InvalidDataException>(() => SparseDelta.Load(path));
        Assert.Contains(reason, error.Message);
        Assert.Contains(path, error.Message);
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static SparseDelta Trained(MaskedClassifier model, ScalarType type = ScalarType.Float32)
    {
        manual_seed(5);
        var sparse = new SparseOptions { Metric = SalienceMetric.Random, Density = 0.05, RescoreEvery = 3 };
        using var optimizer = new TestOptimizer(model, new SamOptions { Rho = 0.2, Sparse = sparse }, UpdateRule.AdamW(0.01));
        for (var step = 0; step < 8; step++)
        {
            using var scope = NewDisposeScope();
            var batch = Batch.Random(6, 10, 3, type);
            optimizer.Step(() => batch.Loss(model.call(batch.Input)));
        }

        return optimizer.CreateSparseDelta();
    }
}
