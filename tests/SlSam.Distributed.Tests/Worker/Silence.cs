using System.Globalization;
using SlSam.Distributed.Tests.Workplace;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Distributed.Tests.Worker;

/// <summary>The last rank lives, but does not come to the second step.</summary>
internal static class Silence
{
    public static void Run(ProcessGroup group, Findings findings)
    {
        using var scope = NewDisposeScope();

        // All have started: they meet again, with little patience.
        Environment.SetEnvironmentVariable("MASTER_PORT", PortOfRank0(group).ToString(CultureInfo.InvariantCulture));
        using var impatient = ProcessGroup.FromEnvironment(TimeSpan.FromSeconds(5), ProcessGroupBackend.Gloo);
        using var model = new StagedClassifier(blocks: 1, Shards.Width, Shards.Classes);
        using var optimizer = new TestOptimizer(model, new SamOptions { Rho = 0.1 }, UpdateRule.AdamW(0.01));
        optimizer.JoinGroup(impatient);
        var batch = Shards.Equal(group.WorldSize).Part(0, group.Rank).To(ScalarType.Float32);
        Tensor Loss() => batch.Loss(model.call(batch.Input));
        optimizer.Step(Loss);
        if (group.Rank == group.WorldSize - 1)
        {
            // Until the test has heard of the others.
            Console.In.ReadToEnd();
            return;
        }

        var error = Assert.Throws<ProcessGroupException>(() => optimizer.Step(Loss));
        findings.Add("Silence", new Finding { Texts = { ["message"] = error.Message } });
    }

    private static long PortOfRank0(ProcessGroup group)
    {
        var port = tensor((long)WorkerRun.FreePort());
        group.Broadcast([port]);
        return port.ToInt64();
    }
}
