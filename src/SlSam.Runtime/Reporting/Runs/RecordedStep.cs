namespace SlSam;

/// <summary>What a <see cref="RunRecorder"/> tells its listeners of a step. The same object is told each time.</summary>
public sealed class RecordedStep
{
    internal RecordedStep(SharpnessAwareOptimizer optimizer, IReadOnlyList<double> probabilities) => (Optimizer, Probabilities) = (optimizer, probabilities);

    /// <summary>The step's number; the first step of a run is 1.</summary>
    public long Number { get; internal set; }

    /// <summary>The seconds since the beginning of the recording.</summary>
    public double Elapsed { get; internal set; }

    /// <summary>What the step did.</summary>
    public StepReport Report { get; internal set; }

    /// <summary>What made the step; its arms say what became of each.</summary>
    public SharpnessAwareOptimizer Optimizer { get; }

    /// <summary>The probabilities with which the arms were to be chosen, before the choice, in the order of <see cref="SharpnessAwareOptimizer.Arms"/>.</summary>
    public IReadOnlyList<double> Probabilities { get; }

    /// <summary>The balancedness of <see cref="SharpnessAwareOptimizer.LoraPairs"/> after the step, in their order; null where it was not read.</summary>
    public IReadOnlyList<double>? Balancedness { get; internal set; }
}
