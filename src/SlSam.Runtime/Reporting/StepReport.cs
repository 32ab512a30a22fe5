namespace SlSam;

/// <summary>What a step did, as data. What it found out about each layer stands in <see cref="SharpnessAwareOptimizer.Arms"/>.</summary>
public readonly record struct StepReport
{
    /// <summary>How the step ended.</summary>
    public StepOutcome Outcome { get; init; }

    /// <summary>The loss of the first pass, at the unperturbed weights.</summary>
    public double Loss { get; init; }

    /// <summary>The loss of the second pass, at the perturbed weights; NaN where the step had a single pass.</summary>
    public double PerturbedLoss { get; init; }

    /// <summary>The L2 norm of the first pass's gradient over the active arms.</summary>
    public double GradientNorm { get; init; }

    /// <summary>How many arms were active.</summary>
    public int ActiveArms { get; init; }

    /// <summary>How many numbers the parameters of the active arms hold.</summary>
    public long ActiveParameters { get; init; }

    /// <summary>How many numbers the parameters of all arms hold.</summary>
    public long TotalParameters { get; init; }

    /// <summary>The first stage that was run with gradients; 0 where the step was not staged.</summary>
    public int FirstActiveStage { get; init; }

    /// <summary>Whether the step had two passes.</summary>
    public bool SharpnessAware { get; init; }
}
