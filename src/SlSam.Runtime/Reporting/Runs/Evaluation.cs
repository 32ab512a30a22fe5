namespace SlSam;

/// <summary>How a model did on examples that it was not trained on.</summary>
public sealed record Evaluation
{
    /// <summary>After how many steps; 0 before the first.</summary>
    public required long Step { get; init; }

    /// <summary>The seconds since the beginning of the recording.</summary>
    public required double Elapsed { get; init; }

    /// <summary>What it was evaluated on.</summary>
    public required string Name { get; init; }

    /// <summary>The share of examples that it got right, in [0, 1]; NaN where that was not measured.</summary>
    public double Accuracy { get; init; } = double.NaN;

    /// <summary>The mean loss; NaN where that was not measured.</summary>
    public double Loss { get; init; } = double.NaN;
}
