using System.Diagnostics;

namespace MiniLM.Terminal;

/// <summary>When to write of work that advances: not more often than an interval allows, and once when it is done.</summary>
/// <param name="interval">The shortest time between two lines; infinite for the end alone.</param>
internal sealed class ProgressPace(TimeSpan interval)
{
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private bool _ended;

    /// <summary>Whether a line is due now, which then counts as written.</summary>
    public bool IsDue(long done, long total)
    {
        bool ends = done >= total;
        if (ends ? _ended : interval == Timeout.InfiniteTimeSpan || _sinceLast.Elapsed < interval)
            return false;
        _ended = ends;
        _sinceLast.Restart();
        return true;
    }
}
