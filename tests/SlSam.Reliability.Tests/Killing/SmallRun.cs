using SlSam.Reliability.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace SlSam.Reliability.Tests.Killing;

/// <summary>A run that is the same every time: model, optimizer, schedule, and batches from torch's generator.</summary>
internal sealed class SmallRun : IDisposable
{
    private readonly SmallClassifier _model;

    public SmallRun()
    {
        manual_seed(1);
        _model = new SmallClassifier();
        Optimizer = new SmallClassifierSlSam(_model, new SlSamOptions { Sparsity = 0.5 }, UpdateRule.AdamW(1e-2));
        Schedule = CosineAnnealingLR(Optimizer, T_max: 100);
    }

    public SmallClassifierSlSam Optimizer { get; }

    public LRScheduler Schedule { get; }

    public long Step { get; set; }

    public void Train()
    {
        using var scope = NewDisposeScope();
        var (input, target) = (randn(16, SmallClassifier.Width), randint(0, SmallClassifier.Classes, [16]).to(ScalarType.Int64));
        Optimizer.Step(input, target, (logits, classes) => nn.functional.cross_entropy(logits, classes));
        Schedule.step();
        Step++;
    }

    public void Dispose()
    {
        Optimizer.Dispose();
        _model.Dispose();
    }
}
