using System.Security.Cryptography;
using SlSam;
using TorchSharp;
using static TorchSharp.torch;

namespace MiniLM.Workers;

/// <summary>The processes that train together, of which this is one; or this one alone.</summary>
public sealed class Team : IDisposable
{
    private readonly ProcessGroup? _group;

    private Team(ProcessGroup? group) => _group = group;

    /// <summary>One process alone.</summary>
    public static Team Alone { get; } = new(null);

    /// <summary>Whether this process measures, and shows and writes what comes out.</summary>
    public bool Leads => _group is null or { Rank: 0 };

    /// <summary>How many processes there are.</summary>
    public int Count => _group?.WorldSize ?? 1;

    /// <summary>Meets the other processes if this one was started as a worker.</summary>
    /// <param name="place">Where it computes: cpu or cuda.</param>
    public static Team Meet(string place) => ProcessGroup.IsLaunched
        ? new Team(ProcessGroup.FromEnvironment(backend: place == "cuda" ? null : ProcessGroupBackend.Gloo))
        : Alone;

    /// <summary>Where this process computes: each on a GPU of its own, as far as there are.</summary>
    /// <param name="kind">cpu or cuda.</param>
    public static Device PlaceOf(string kind) =>
        kind == "cuda" && int.TryParse(Environment.GetEnvironmentVariable("LOCAL_RANK"), out int number)
            ? device(kind, number % cuda.device_count())
            : device(kind);

    /// <summary>Does something in the leading process first, then in the others: what it has fetched lies there for them.</summary>
    public async Task<T> LeadFirstAsync<T>(Func<Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!Leads)
            _group!.Barrier();
        var result = await work().ConfigureAwait(false);
        if (Leads)
            _group?.Barrier();
        return result;
    }

    /// <summary>Lets an optimizer train with those of the other processes, each with random numbers of its own.</summary>
    /// <param name="optimizer">The optimizer, made the same way in every process.</param>
    /// <param name="seed">From which each process gets a seed of its own.</param>
    /// <param name="options">How they train together; null for the defaults.</param>
    public void Join(SharpnessAwareOptimizer optimizer, int seed, DataParallelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        if (_group is null)
            return;
        optimizer.JoinGroup(_group, options);
        random.manual_seed(seed + _group.Rank);
    }

    /// <summary>This process's part of a batch, which is dealt out one by one; tells the optimizer how large it is.</summary>
    public IReadOnlyList<T> PartOf<T>(IReadOnlyList<T> batch, SharpnessAwareOptimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        if (_group is null)
            return batch;
        List<T> part = [.. batch.Where((_, index) => index % _group.WorldSize == _group.Rank)];
        optimizer.Parallel!.ShardSize = part.Count;
        return part;
    }

    /// <summary>Whether any process was asked to stop; all of them stop after the same step.</summary>
    public bool IsAskedToStop(CancellationToken cancellation)
    {
        if (_group is null)
            return cancellation.IsCancellationRequested;
        using var asked = tensor(cancellation.IsCancellationRequested ? 1L : 0L);
        _group.AllReduce(asked, ReduceOperation.Maximum);
        return asked.ToInt64() > 0;
    }

    /// <summary>Whether the model's weights have the same bits in all processes.</summary>
    /// <param name="model">The model, which every process has.</param>
    public bool HasSameBits(nn.Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (_group is null)
            return true;
        using var scope = NewDisposeScope();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, weights) in model.state_dict())
            hash.AppendData(weights.detach().cpu().contiguous().bytes);
        var least = tensor(BitConverter.ToInt64(hash.GetHashAndReset()));
        var most = least.clone();
        _group.AllReduce(least, ReduceOperation.Minimum);
        _group.AllReduce(most, ReduceOperation.Maximum);
        return least.ToInt64() == most.ToInt64();
    }

    /// <summary>Leaves the others.</summary>
    public void Dispose() => _group?.Dispose();
}
