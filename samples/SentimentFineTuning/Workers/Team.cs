using SlSam;
using TorchSharp;
using static TorchSharp.torch;

namespace SentimentFineTuning.Workers;

/// <summary>The processes that train together, of which this is one; or this one alone.</summary>
internal sealed class Team : IDisposable
{
    private readonly ProcessGroup? _group;

    private Team(ProcessGroup? group) => _group = group;

    /// <summary>One process alone.</summary>
    internal static Team Alone { get; } = new(null);

    /// <summary>Whether this process measures, and shows and writes what comes out.</summary>
    internal bool Leads => _group is null or { Rank: 0 };

    /// <summary>How many processes there are.</summary>
    internal int Count => _group?.WorldSize ?? 1;

    /// <summary>Meets the other processes if this one was started as a worker.</summary>
    internal static Team Meet() => ProcessGroup.IsLaunched ? new Team(ProcessGroup.FromEnvironment()) : Alone;

    /// <summary>Where this process computes: each on a GPU of its own, as far as there are.</summary>
    internal static Device PlaceOf(string kind) =>
        kind == "cuda" && int.TryParse(Environment.GetEnvironmentVariable("LOCAL_RANK"), out int number)
            ? device(kind, number % cuda.device_count())
            : device(kind);

    /// <summary>Does something in the leading process first, then in the others: what it has fetched lies there for them.</summary>
    internal async Task<T> LeadFirstAsync<T>(Func<Task<T>> work)
    {
        if (!Leads)
            _group!.Barrier();
        var result = await work().ConfigureAwait(false);
        if (Leads)
            _group?.Barrier();
        return result;
    }

    /// <summary>Lets an optimizer train with those of the other processes, each with random numbers of its own.</summary>
    internal void Join(SharpnessAwareOptimizer optimizer, int seed)
    {
        if (_group is null)
            return;
        optimizer.JoinGroup(_group);
        random.manual_seed(seed + _group.Rank);
    }

    /// <summary>This process's part of a batch, which is dealt out one by one; tells the optimizer how large it is.</summary>
    internal IReadOnlyList<T> PartOf<T>(IReadOnlyList<T> batch, SharpnessAwareOptimizer optimizer)
    {
        if (_group is null)
            return batch;
        List<T> part = [.. batch.Where((_, index) => index % _group.WorldSize == _group.Rank)];
        optimizer.Parallel!.ShardSize = part.Count;
        return part;
    }

    /// <summary>Whether any process was asked to stop; all of them stop after the same step.</summary>
    internal bool IsAskedToStop(CancellationToken cancellation)
    {
        if (_group is null)
            return cancellation.IsCancellationRequested;
        using var asked = tensor(cancellation.IsCancellationRequested ? 1L : 0L);
        _group.AllReduce(asked, ReduceOperation.Maximum);
        return asked.ToInt64() > 0;
    }

    public void Dispose() => _group?.Dispose();
}
