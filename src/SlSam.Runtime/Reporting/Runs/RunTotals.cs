namespace SlSam;

/// <summary>Sums over all steps of a run. Means are over the steps that have updated the model, and NaN where there was none.</summary>
public sealed record RunTotals
{
    /// <summary>How many steps were recorded, refused ones among them.</summary>
    public required long Steps { get; init; }

    /// <summary>How many of them changed nothing.</summary>
    public required long Refused { get; init; }

    /// <summary>Seconds from the beginning of the recording to its last step or evaluation.</summary>
    public required double Elapsed { get; init; }

    /// <summary>Seconds in the stages before the first active layer.</summary>
    public required double Prefix { get; init; }

    /// <summary>Seconds in first passes.</summary>
    public required double FirstPass { get; init; }

    /// <summary>Seconds in second passes.</summary>
    public required double SecondPass { get; init; }

    /// <summary>Seconds in updates.</summary>
    public required double Update { get; init; }

    /// <summary>Seconds of the training loop between steps, but for evaluations.</summary>
    public required double Between { get; init; }

    /// <summary>Seconds in evaluations: from the end of the step before to their end.</summary>
    public double Evaluating { get; init; }

    /// <summary>The mean cost of a step in plain steps, by the layers' costs.</summary>
    public required double MeanCost { get; init; }

    /// <summary>The mean share of the trained numbers that a step updates, in [0, 1].</summary>
    public required double MeanActiveShare { get; init; }
}
