using SlSam.Runtime.Tests.Models;
using SlSam.Runtime.Tests.Sparse;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Distributed.Tests.Worker;

/// <summary>A training run that can be made by several processes and by one.</summary>
public abstract class Trial
{
    public const int Steps = 6;

    /// <summary>How the processes train together.</summary>
    public DataParallelOptions Parallel { get; init; } = new();

    /// <summary>Whether the parts of a batch differ in size.</summary>
    public bool Unequal { get; init; }

    public ScalarType Type { get; init; } = ScalarType.Float64;

    public Shards Shards(int worldSize) => Unequal ? Worker.Shards.Unequal(worldSize) : Worker.Shards.Equal(worldSize);

    /// <summary>Trains as one of several processes, on its parts of the batches.</summary>
    public Finding Train(ProcessGroup group)
    {
        var shards = Shards(group.WorldSize);
        // Rank 0's weights count: the others begin with different ones.
        manual_seed(1 + group.Rank);
        return Train((step, run) =>
        {
            var part = shards.Part(step, group.Rank);
            run.Optimizer.Parallel!.ShardSize = Unequal ? shards.Size(group.Rank) : 0;
            return run.Step(part.To(Type));
        }, run =>
        {
            manual_seed(7);
            run.Optimizer.JoinGroup(group, Parallel);
        });
    }

    /// <summary>Trains as one process on the joint batches.</summary>
    public Finding TrainAlone(int worldSize)
    {
        var shards = Shards(worldSize);
        manual_seed(1);
        return Train((step, run) => run.Step(shards.Joint(step).To(Type)), _ => { });
    }

    /// <summary>Builds model and optimizer from the current random state.</summary>
    protected abstract Run Build();

    private Finding Train(Func<int, Run, StepReport> step, Action<Run> begin)
    {
        using var scope = NewDisposeScope();
        using var run = Build();
        begin(run);
        run.Prepare();
        List<double> losses = [], norms = [], active = [], bytes = [], entries = [];
        for (var index = 0; index < Steps; index++)
        {
            var report = step(index, run);
            losses.AddRange([report.Loss, report.PerturbedLoss, report.GradientNorm, (double)report.Outcome]);
            norms.AddRange(run.Optimizer.Arms.Select(arm => arm.GradientNorm));
            norms.AddRange(run.Optimizer.Arms.Select(arm => arm.Probability));
            active.AddRange(run.Optimizer.Arms.Select(arm => (double)arm.Role));
            bytes.Add(run.Optimizer.Parallel?.LastGradientBytes ?? 0);
            entries.Add(run.Optimizer.Trained.Where(each => !double.IsNaN(each.GradientNorm)).Sum(each => each.Count));
            entries.Add(run.Optimizer.Trained.Count(each => !double.IsNaN(each.GradientNorm)));
        }

        return new Finding
        {
            ["weights"] = run.Model.Weights(),
            ["losses"] = [.. losses],
            ["norms"] = [.. norms],
            ["active"] = [.. active],
            ["bytes"] = [.. bytes],
            ["entries"] = [.. entries],
            ["overlapped"] = [run.Optimizer.Parallel?.OverlappedGradientBytes ?? 0],
        };
    }

    /// <summary>A model with its optimizer.</summary>
    protected sealed record Run(nn.Module Model, SharpnessAwareOptimizer Optimizer, Func<Batch, StepReport> Step) : IDisposable
    {
        /// <summary>What is done after the process has joined the others, before the first step.</summary>
        public Action Prepare { get; init; } = () => { };

        public void Dispose()
        {
            Optimizer.Dispose();
            Model.Dispose();
        }
    }
}

/// <summary>A staged model, whose first pass may work on a part of the batch.</summary>
public sealed class StagedTrial(SharpnessOptions options, UpdateRule rule) : Trial
{
    public bool Normalize { get; init; }

    /// <summary>Whether each of several processes adds up the gradients of its part in two passes.</summary>
    public bool MicroBatches { get; init; }

    /// <summary>The model that it trains.</summary>
    public StagedClassifier CreateModel()
    {
        var model = new StagedClassifier(blocks: 4, Worker.Shards.Width, Worker.Shards.Classes, normalize: Normalize);
        model.to(Type);
        return model;
    }

    public SharpnessOptions Options => options;

    protected override Run Build()
    {
        var model = CreateModel();
        var optimizer = new StagedClassifierSlSam(model, options, rule);
        return new Run(model, optimizer, batch => MicroBatches && optimizer.Parallel is not null
            ? optimizer.Step(Halves(batch), half => half.Loss(model.call(half.Input)), half => half.Target.shape[0])
            : optimizer.Step(batch.Input, batch.Target, (logits, target) => nn.functional.cross_entropy(logits, target)));

        static Batch[] Halves(Batch batch) => [new(batch.Input[..2], batch.Target[..2]), new(batch.Input[2..], batch.Target[2..])];
    }
}

/// <summary>Adapters in balance.</summary>
public sealed class LoraTrial(SharpnessOptions options) : Trial
{
    protected override Run Build()
    {
        var model = new StagedClassifier(blocks: 3, Worker.Shards.Width, Worker.Shards.Classes);
        model.to(Type);
        var lora = new LoraModel(model, new LoraOptions { Rank = 2 }, LoraTargets.AllLinear);
        var optimizer = new LoraModelSlSam(lora, options, UpdateRule.AdamW(0.01));
        foreach (var pair in optimizer.LoraPairs)
        {
            // A factor of zeros has no direction to be balanced in.
            using var _ = no_grad();
            pair.B.normal_(0, 0.1);
        }

        return new Run(lora, optimizer, batch => optimizer.Step(() => batch.Loss(model.call(batch.Input))));
    }
}

/// <summary>Salience masks, which rank 0's data make.</summary>
public sealed class SparseTrial(SharpnessOptions options) : Trial
{
    protected override Run Build()
    {
        var model = new MaskedClassifier(Worker.Shards.Width, Worker.Shards.Classes, type: Type);
        var optimizer = new TestOptimizer(model, options, UpdateRule.AdamW(0.01));
        var rank = int.Parse(Environment.GetEnvironmentVariable("RANK") ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        return new Run(model, optimizer, batch => optimizer.Step(() => batch.Loss(model.call(batch.Input))))
        {
            Prepare = () =>
            {
                var batch = new Shards([24, 20, 16, 12]).Part(99, rank).To(Type);
                optimizer.Score([new ScoreBatch(batch.Input.shape[0], () => batch.Loss(model.call(batch.Input)))]);
            },
        };
    }
}

/// <summary>A model of which a rank may leave a part unused.</summary>
public sealed class BranchTrial : Trial
{
    /// <summary>Whether a part of a batch goes through all of the model: if its first class is a certain one.</summary>
    public static bool UsesBlocks(Batch batch)
    {
        using var first = batch.Target[0];
        return first.ToInt64() == 0;
    }

    protected override Run Build()
    {
        var model = new StagedClassifier(blocks: 2, Worker.Shards.Width, Worker.Shards.Classes);
        model.to(Type);
        var optimizer = new TestOptimizer(model, new SamOptions { Rho = 0.1 }, UpdateRule.Sgd(0.1));
        var parts = model.named_children().ToDictionary(child => child.name, child => child.module);
        var (stem, head) = ((nn.Module<Tensor, Tensor>)parts["stem"], (nn.Module<Tensor, Tensor>)parts["head"]);
        return new Run(model, optimizer, batch => optimizer.Step(() =>
        {
            return batch.Loss(UsesBlocks(batch) ? model.call(batch.Input) : head.call(stem.call(batch.Input)));
        }));
    }
}
