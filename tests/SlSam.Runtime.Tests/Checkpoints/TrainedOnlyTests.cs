using SlSam.Runtime.Tests.Lora;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Checkpoints;

/// <summary>Checkpoints without the weights that are not trained: a small file beside a large model, which must be the same one.</summary>
public sealed class TrainedOnlyTests : IDisposable
{
    private readonly CheckpointFiles _files = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    [Fact]
    public void Adapters_resume_beside_the_weights_that_they_were_trained_for()
    {
        using var model = new Tagger();
        using var other = new Tagger();
        other.load_state_dict(model.state_dict());
        using var lora = Adapt(model);
        using var optimizer = new LoraModelSlSam(lora, new SlSamOptions { Sparsity = 0.5 }, UpdateRule.AdamW(1e-2));
        Train(model, optimizer);
        var folder = _files.Next();
        TrainingCheckpoint.Save(folder, optimizer, step: 4, trainedOnly: true);
        Train(model, optimizer);

        using var otherLora = Adapt(other);
        using var resumed = new LoraModelSlSam(otherLora, new SlSamOptions { Sparsity = 0.5 }, UpdateRule.AdamW(1e-2));
        TrainingCheckpoint.Load(folder, resumed);
        Train(other, resumed);

        Assert.Empty(new Snapshot(model).Differing(other));
        using var file = SafetensorsFile.Open(Path.Combine(folder, CheckpointFiles.Weights));
        Assert.All(file.Entries, entry => Assert.Contains(".lora.", entry.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Another_model_beside_them_is_refused()
    {
        using var model = new Tagger();
        using var lora = Adapt(model);
        using var optimizer = new LoraModelSlSam(lora, new SamOptions(), UpdateRule.Sgd(0.1));
        var folder = _files.Next();
        TrainingCheckpoint.Save(folder, optimizer, step: 0, trainedOnly: true);
        using (no_grad())
        {
            model.named_parameters().First(each => !each.parameter.requires_grad).parameter.add_(1e-3);
        }

        var before = new Snapshot(lora);
        Assert.Contains("are others here", Assert.Throws<InvalidDataException>(() => TrainingCheckpoint.Load(folder, optimizer)).Message, StringComparison.Ordinal);
        Assert.Empty(before.Changed());
    }

    [Fact]
    public void Merged_adapters_are_not_saved()
    {
        using var model = new Tagger();
        using var lora = Adapt(model);
        using var optimizer = new LoraModelSlSam(lora, new SamOptions(), UpdateRule.Sgd(0.1));
        lora.Merge();

        Assert.Contains("Unmerge", Assert.Throws<InvalidOperationException>(() => TrainingCheckpoint.Save(_files.Next(), optimizer, 0)).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _files.Dispose();
    }

    private static LoraModel Adapt(Tagger model) => new(model, new LoraOptions { Rank = 2, Dropout = 0.1 }, LoraTargets.Named("tokens", "conv", "query"));

    private static void Train(Tagger model, LoraModelSlSam optimizer)
    {
        for (var step = 0; step < 4; step++)
        {
            using var scope = NewDisposeScope();
            var (input, target) = Tagger.Batch();
            Assert.Equal(StepOutcome.Updated, optimizer.Step(() => nn.functional.cross_entropy(model.call(input), target)).Outcome);
        }
    }
}
