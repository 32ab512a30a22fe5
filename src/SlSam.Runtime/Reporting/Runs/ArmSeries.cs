namespace SlSam;

/// <summary>What became of one arm, in columns of the points of <see cref="StepSeries"/>.</summary>
public sealed record ArmSeries
{
    /// <summary>The arm's name.</summary>
    public required string Name { get; init; }

    /// <summary>How many numbers it holds.</summary>
    public required long Parameters { get; init; }

    /// <summary>The probability with which it was to be chosen, before the choice, in [0, 1].</summary>
    public required float[] Probability { get; init; }

    /// <summary>The share of the steps that updated it.</summary>
    public required float[] Active { get; init; }

    /// <summary>The share of the steps that perturbed it; in a step of a single pass none is.</summary>
    public required float[] Perturbed { get; init; }

    /// <summary>The L2 norm of its gradient in the first pass, over the steps that worked on it; NaN where none did.</summary>
    public required float[] GradientNorm { get; init; }
}
