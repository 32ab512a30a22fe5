namespace SlSam;

/// <summary>
/// What the steps did, as columns of points. A point is one step; in a long run as many steps in a row as <see cref="Stride"/> says, of which a column holds the
/// mean of those that have a value, or NaN where none has.
/// </summary>
public sealed record StepSeries
{
    /// <summary>How many steps a point stands for, a power of two; the last one may stand for fewer.</summary>
    public required int Stride { get; init; }

    /// <summary>The number of each point's first step; the first step of a run is 1.</summary>
    public required long[] First { get; init; }

    /// <summary>How many steps each point stands for.</summary>
    public required int[] Count { get; init; }

    /// <summary>The seconds from the beginning of the recording to the end of each point's last step.</summary>
    public required float[] Elapsed { get; init; }

    /// <summary>The loss of the first pass.</summary>
    public required float[] Loss { get; init; }

    /// <summary>The lowest loss of the first pass among each point's steps.</summary>
    public required float[] LowestLoss { get; init; }

    /// <summary>The highest loss of the first pass among each point's steps.</summary>
    public required float[] HighestLoss { get; init; }

    /// <summary>The loss at the perturbed weights.</summary>
    public required float[] PerturbedLoss { get; init; }

    /// <summary>The L2 norm of the first pass's gradient.</summary>
    public required float[] GradientNorm { get; init; }

    /// <summary>The share of the trained numbers that were updated, in [0, 1].</summary>
    public required float[] ActiveShare { get; init; }

    /// <summary>The first stage with a layer that was updated.</summary>
    public required float[] FirstActiveStage { get; init; }

    /// <summary>What the passes cost in plain steps: <see cref="StepReport.Cost"/>.</summary>
    public required float[] Cost { get; init; }

    /// <summary>The share of the steps whose gradient was clipped before it was applied.</summary>
    public required float[] Clipped { get; init; }

    /// <summary>What the losses were multiplied by before their backward passes; 1 where they are not.</summary>
    public required float[] LossScale { get; init; }

    /// <summary>Seconds of a step in the stages before its first active layer.</summary>
    public required float[] Prefix { get; init; }

    /// <summary>Seconds of a step in its first pass.</summary>
    public required float[] FirstPass { get; init; }

    /// <summary>Seconds of a step in its second pass.</summary>
    public required float[] SecondPass { get; init; }

    /// <summary>Seconds of a step in its update.</summary>
    public required float[] Update { get; init; }

    /// <summary>Seconds between the end of the step before, or of an evaluation after it, and the beginning of a step: what the training loop does beside.</summary>
    public required float[] Between { get; init; }

    /// <summary>All columns but the first.</summary>
    internal IEnumerable<(string Name, Array Values)> Columns() =>
    [
        ("count", Count), ("elapsed", Elapsed), ("loss", Loss), ("lowestLoss", LowestLoss), ("highestLoss", HighestLoss), ("perturbedLoss", PerturbedLoss),
        ("gradientNorm", GradientNorm), ("activeShare", ActiveShare), ("firstActiveStage", FirstActiveStage), ("cost", Cost), ("clipped", Clipped),
        ("lossScale", LossScale), ("prefix", Prefix), ("firstPass", FirstPass), ("secondPass", SecondPass), ("update", Update), ("between", Between),
    ];
}
