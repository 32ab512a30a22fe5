using SlSam.Distributed.Tests.Worker;

namespace SlSam.Distributed.Tests.Workplace;

/// <summary>The tests that share a <see cref="Session"/>.</summary>
[CollectionDefinition(Name)]
public sealed class SessionGroup : ICollectionFixture<Session>
{
    public const string Name = "Session";
}

/// <summary>What two and four workers have found in one run each: starting them takes longer than what they do.</summary>
public sealed class Session : IDisposable
{
    private readonly Dictionary<int, Lazy<TemporaryFolder>> _folders = new[] { 2, 4 }.ToDictionary(count => count, count => new Lazy<TemporaryFolder>(() => Run(count)));

    /// <summary>What a rank of a number of workers has found under a name.</summary>
    public Finding this[int count, string name, int rank]
    {
        get
        {
            Backend.Require();
            return new Findings(_folders[count].Value.Path).Read(name, rank);
        }
    }

    public void Dispose()
    {
        foreach (var folder in _folders.Values.Where(folder => folder.IsValueCreated))
        {
            folder.Value.Dispose();
        }
    }

    private static TemporaryFolder Run(int count)
    {
        var folder = new TemporaryFolder();
        using var run = WorkerRun.Start(count, [.. WorkerRun.Program, "session", folder.Path]);
        run.MustSucceed();
        return folder;
    }
}
