namespace SlSam;

/// <summary>Which steps may have two passes: the first, and every k-th after it; the others are plain.</summary>
/// <param name="interval">k, at least 1; 0 for none.</param>
internal sealed class AscentSchedule(int interval)
{
    private long _steps;

    /// <summary>Whether the next step may have two passes.</summary>
    public bool IsDue => interval > 0 && _steps % interval == 0;

    /// <summary>Counts a step that has happened; a refused one is not counted.</summary>
    public void Advance() => _steps++;
}
