namespace SlSam;

/// <summary>Which steps may have two passes: the first and every k-th after it, or none; the others are plain.</summary>
internal sealed class AscentSchedule(SharpnessOptions options)
{
    private long _steps;

    /// <summary>Whether the next step may have two passes.</summary>
    public bool IsDue => options.MayAscend && _steps % options.AscentInterval == 0;

    /// <summary>Counts a step that has happened; a refused one is not counted.</summary>
    public void Advance() => _steps++;

    /// <summary>Describes what the schedule remembers.</summary>
    public void DescribeState(StateDescription state) => state.Integer("steps", () => _steps, steps => _steps = steps);
}
