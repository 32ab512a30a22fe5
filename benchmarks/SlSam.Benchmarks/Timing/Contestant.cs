namespace SlSam.Benchmarks.Timing;

/// <summary>One of the methods that are timed in turn.</summary>
/// <param name="Step">Takes one step, given the number of the round, which is negative while warming up, and returns its seconds.</param>
/// <param name="Every">It takes part in every so many rounds.</param>
internal sealed record Contestant(Func<int, double> Step, int Every = 1)
{
    /// <summary>Rounds before the first that counts.</summary>
    public const int WarmUp = 2;
}
