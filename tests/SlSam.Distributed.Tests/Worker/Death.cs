using System.Diagnostics;
using System.Globalization;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Distributed.Tests.Worker;

/// <summary>A run of which rank 0 writes a checkpoint after every step, and in which the last rank may be killed in the middle of a step.</summary>
internal static class Death
{
    public const int Steps = 7;
    public const int FatalStep = 3;

    /// <param name="folder">Where the checkpoints are, and go to.</param>
    /// <param name="resumeFrom">After how many steps the run goes on; 0 for a new one.</param>
    /// <param name="mayDie">Whether the last rank is killed.</param>
    public static void Run(ProcessGroup group, Findings findings, string folder, int resumeFrom, bool mayDie)
    {
        using var scope = NewDisposeScope();
        manual_seed(1 + group.Rank);
        using var model = new StagedClassifier(blocks: 3, Shards.Width, Shards.Classes, normalize: true);
        using var optimizer = new TestOptimizer(
            model, new SlSamOptions { Sparsity = 0.5, Rho = 0.1, Sampling = LayerSampling.Independent, BanditLearningRate = 0.1 }, UpdateRule.AdamW(0.01));
        if (resumeFrom > 0)
        {
            TrainingCheckpoint.Load(Checkpoint(folder, resumeFrom), optimizer);
        }

        optimizer.JoinGroup(group);
        var shards = Shards.Equal(group.WorldSize);
        for (var step = resumeFrom; step < Steps; step++)
        {
            var batch = shards.Part(step, group.Rank).To(ScalarType.Float32);
            var pass = 0;
            var before = model.Weights();
            try
            {
                optimizer.Step(() =>
                {
                    if (mayDie && step == FatalStep && ++pass == 2 && group.Rank == group.WorldSize - 1)
                    {
                        Process.GetCurrentProcess().Kill();
                    }

                    return batch.Loss(model.call(batch.Input));
                });
            }
            catch (ProcessGroupException e)
            {
                var again = Assert.Throws<ProcessGroupException>(() => optimizer.Step(() => batch.Loss(model.call(batch.Input))));
                findings.Add("Death", new Finding
                {
                    Texts = { ["message"] = e.Message, ["again"] = again.Message },
                    ["same"] = [model.Weights().SequenceEqual(before) ? 1 : 0, step, group.IsBroken ? 1 : 0],
                });
                return;
            }

            if (group.Rank == 0)
            {
                TrainingCheckpoint.Save(Checkpoint(folder, step + 1), optimizer, step + 1);
            }
        }

        findings.Add("Life", new Finding { ["weights"] = model.Weights(), ["probabilities"] = [.. optimizer.Arms.Select(arm => arm.Probability)] });
    }

    private static string Checkpoint(string folder, int step) => Path.Combine(folder, step.ToString(CultureInfo.InvariantCulture));
}
