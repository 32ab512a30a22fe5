using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Distributed.Tests.Worker;

/// <summary>The calls of a group by themselves.</summary>
internal static class Collectives
{
    public static void Run(ProcessGroup group, Findings findings)
    {
        using var scope = NewDisposeScope();
        var finding = new Finding();
        foreach (var operation in Enum.GetValues<ReduceOperation>())
        {
            var mine = arange(0, 6, ScalarType.Float64).add(group.Rank + 1).reshape(2, 3);

            // A tensor whose numbers do not lie one behind another.
            var transposed = mine.t();
            group.AllReduce(transposed, operation);
            finding[operation.ToString()] = transposed.contiguous().data<double>().ToArray();
        }

        manual_seed(group.Rank);
        Tensor[] tensors =
        [
            randn(3, 4), randn(5, dtype: ScalarType.Float64), rand(7).gt(0.5), randint(0, 1000, [4]).to(ScalarType.Int64), tensor(group.Rank), zeros(0),
            randn(6).to(ScalarType.BFloat16), randn(2, 3).t(),
        ];
        group.Broadcast(tensors, root: 1);
        finding["broadcast"] = [.. tensors.SelectMany(each => each.to(ScalarType.Float64).contiguous().reshape(-1).data<double>().ToArray())];
        var before = group.BytesSent;
        group.AllReduce(zeros(10));
        finding["bytes"] = [group.BytesSent - before];
        group.Barrier();
        finding["place"] = [group.Rank, group.WorldSize, group.LocalRank];
        findings.Add("Collectives", finding);
    }
}
