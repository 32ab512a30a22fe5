namespace SlSam;

/// <summary>A step that changed nothing.</summary>
public sealed record RefusedStep
{
    /// <summary>The step's number; the first step of a run is 1.</summary>
    public required long Step { get; init; }

    /// <summary>Why it was refused.</summary>
    public required StepOutcome Outcome { get; init; }

    /// <summary>One line on what the step did get to: <see cref="StepReport.ToString"/>.</summary>
    public required string Report { get; init; }
}
