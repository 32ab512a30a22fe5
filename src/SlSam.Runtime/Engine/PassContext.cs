namespace SlSam;

/// <summary>What the passes of a step are run with.</summary>
/// <param name="Active">The step's parameters.</param>
/// <param name="Replay">Makes both passes draw the same random numbers.</param>
/// <param name="Clock">Told of the stages that run once for both passes.</param>
/// <param name="Precision">What is computed in which type.</param>
internal sealed record PassContext(ActiveSet Active, RandomReplay Replay, StepClock Clock, PassPrecision Precision);
