using SlSam.Runtime.Tests.Models;
using SlSam.Runtime.Tests.Sparse;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Distributed.Tests.Worker;

/// <summary>What goes wrong on one rank only, in a run that goes on afterwards.</summary>
internal static class BadDays
{
    /// <summary>What happens to rank 1, by name.</summary>
    public static readonly string[] Faults =
        ["NaN in the first pass", "NaN in the second pass", "throws in the first pass", "throws in the second pass", "cancels in the second pass", "cancelled before the step", "depends on nothing", "other learning rate", "other shard size"];

    public static void Run(ProcessGroup group, Findings findings)
    {
        foreach (var synchronized in new[] { false, true })
        {
            findings.Add($"Bad days {synchronized}", Train(group, synchronized, Faults));
            findings.Add($"Good days {synchronized}", Train(group, synchronized, []));
        }

        findings.Add("Refusals", Refuse(group));
    }

    private static Finding Train(ProcessGroup group, bool synchronized, string[] faults)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = new StagedClassifier(blocks: 3, Shards.Width, Shards.Classes, normalize: true);
        using var optimizer = new TestOptimizer(model, new SlSamOptions { Sparsity = 0.5, Rho = 0.1 }, UpdateRule.AdamW(0.01));
        optimizer.JoinGroup(group, new DataParallelOptions { SynchronizeFirstPass = synchronized });
        var shards = Shards.Equal(group.WorldSize);
        var finding = new Finding();
        var step = 0;
        foreach (var fault in faults)
        {
            Good();
            var before = model.Weights();
            finding.Texts[fault] = Bad(fault);
            finding[fault] = [model.Weights().SequenceEqual(before) ? 1 : 0];
        }

        while (step < Faults.Length)
        {
            Good();
        }

        Good();
        finding["weights"] = model.Weights();
        finding["probabilities"] = [.. optimizer.Arms.Select(arm => arm.Probability)];
        return finding;

        void Good()
        {
            var batch = shards.Part(step++, group.Rank).To(ScalarType.Float32);
            optimizer.Step(() => batch.Loss(model.call(batch.Input)));
        }

        string Bad(string fault)
        {
            var isOnes = group.Rank == 1;
            var batch = shards.Part(1000, group.Rank).To(ScalarType.Float32);
            var pass = 0;
            var rates = optimizer.Groups.Select(each => each.LearningRate).ToArray();
            if (isOnes && fault == "other learning rate")
            {
                foreach (var layer in optimizer.Groups)
                {
                    layer.LearningRate = 0.5;
                }
            }

            optimizer.CancellationToken = new CancellationToken(canceled: isOnes && fault == "cancelled before the step");
            optimizer.Parallel!.ShardSize = isOnes && fault == "other shard size" ? 12 : 0;
            try
            {
                return optimizer.Step(() =>
                {
                    pass++;
                    var loss = batch.Loss(model.call(batch.Input));
                    return !isOnes ? loss : (fault, pass) switch
                    {
                        ("NaN in the first pass", 1) or ("NaN in the second pass", 2) => loss * double.NaN,
                        ("throws in the first pass", 1) or ("throws in the second pass", 2) => throw new InvalidDataException("The data cannot be read."),
                        ("cancels in the second pass", 2) => throw new OperationCanceledException(),
                        ("depends on nothing", _) => loss.detach(),
                        _ => loss,
                    };
                }).Outcome.ToString();
            }
            catch (Exception e)
            {
                return $"{e.GetType().Name}: {e.Message}";
            }
            finally
            {
                optimizer.Parallel.ShardSize = 0;
                optimizer.CancellationToken = default;
                foreach (var (layer, rate) in optimizer.Groups.Zip(rates))
                {
                    layer.LearningRate = rate;
                }
            }
        }
    }

    /// <summary>What is refused when the processes come together.</summary>
    private static Finding Refuse(ProcessGroup group)
    {
        var finding = new Finding();
        using var scope = NewDisposeScope();
        Try("options", new SamOptions { Rho = 0.1 + group.Rank }, new());
        Try("model", new SamOptions(), new(), blocks: 2 + group.Rank);
        Try("element mask", new SamOptions { ElementMask = new() }, new());
        Try("norm over all", new SlSamOptions { Norm = PerturbationNorm.All }, new());
        Try("element mask, synchronized", new SamOptions { ElementMask = new() }, new() { SynchronizeFirstPass = true });

        manual_seed(group.Rank);
        using var masked = new MaskedClassifier(Shards.Width, Shards.Classes);
        using var optimizer = new TestOptimizer(masked, new PlainOptions { Sparse = new() { Metric = SalienceMetric.Magnitude, Density = 0.5 } }, UpdateRule.AdamW());
        Join("masks", optimizer, new());
        return finding;

        void Try(string name, SharpnessOptions options, DataParallelOptions parallel, int blocks = 2)
        {
            manual_seed(1);
            using var model = new StagedClassifier(blocks, Shards.Width, Shards.Classes);
            using var optimizer = new TestOptimizer(model, options, UpdateRule.AdamW());
            Join(name, optimizer, parallel);
        }

        void Join(string name, SharpnessAwareOptimizer optimizer, DataParallelOptions parallel)
        {
            try
            {
                optimizer.JoinGroup(group, parallel);
                finding.Texts[name] = "";
            }
            catch (ArgumentException e)
            {
                finding.Texts[name] = e.Message;
            }
        }
    }
}
