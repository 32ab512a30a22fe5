using System.Diagnostics;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Distributed.Tests.Worker;

/// <summary>The last rank is killed in the middle of a step.</summary>
internal static class Death
{
    public static void Run(ProcessGroup group, Findings findings)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = new StagedClassifier(blocks: 3, Shards.Width, Shards.Classes);
        using var optimizer = new TestOptimizer(model, new SamOptions { Rho = 0.1 }, UpdateRule.AdamW(0.01));
        optimizer.JoinGroup(group);
        var shards = Shards.Equal(group.WorldSize);
        for (var step = 0; ; step++)
        {
            var batch = shards.Part(step, group.Rank).To(ScalarType.Float32);
            var pass = 0;
            var before = model.Weights();
            try
            {
                optimizer.Step(() =>
                {
                    if (step == 3 && ++pass == 2 && group.Rank == group.WorldSize - 1)
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
        }
    }
}
