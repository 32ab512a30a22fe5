namespace MiniLM.Training;

/// <summary>How a model did on held-out examples.</summary>
/// <param name="All">On all of them.</param>
/// <param name="Some">On those that are looked at on the way.</param>
public readonly record struct HeldOutMeasures(Measure All, Measure Some);
