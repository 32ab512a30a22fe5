namespace SlSam.Runtime.Tests.Soak;

/// <summary>What can go wrong in a step. Each must leave everything as it was, and be told by name.</summary>
internal enum Fault
{
    None,
    LossIsNaN,
    DataIsNaN,
    GradientIsNaN,
    ClosureThrows,
    LossIsNull,
    LossIsDisposed,
    LossHasAShape,
    LossIsAnInteger,
    LossIsElsewhere,
    LossIsDetached,
    ClosureRunsBackward,
    DataHaveAnotherWidth,
    Cancelled,
    CancelledBefore,
    StepWithinTheStep,
    ScoreWithinTheStep,
    GradientsAreOff,
    LearningRateIsNaN,
    NoMicroBatches,
    OptimizerIsDisposed,
    LayerIsDisposed,
}
