namespace SlSam;

/// <summary>The balancedness of one low-rank pair, at the points of <see cref="StepSeries"/>.</summary>
public sealed record PairSeries
{
    /// <summary>The pair's name.</summary>
    public required string Name { get; init; }

    /// <summary>(||A||^2 - ||B||^2) / 2 after the steps (BAR, arXiv 2410.14802); NaN where it was not read.</summary>
    public required float[] Balancedness { get; init; }
}
