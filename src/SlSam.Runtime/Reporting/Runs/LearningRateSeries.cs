namespace SlSam;

/// <summary>A learning rate that some layers had, at the points of <see cref="StepSeries"/>.</summary>
public sealed record LearningRateSeries
{
    /// <summary>The layers that had it throughout.</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>The rate.</summary>
    public required float[] Values { get; init; }
}
