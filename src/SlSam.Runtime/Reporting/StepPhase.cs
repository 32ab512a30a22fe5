namespace SlSam;

/// <summary>A part of a step that <see cref="StepClock"/> tells apart; see <see cref="StepTimes"/>.</summary>
internal enum StepPhase
{
    Prefix,
    FirstPass,
    SecondPass,
    Update,
}
