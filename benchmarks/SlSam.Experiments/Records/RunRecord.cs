namespace SlSam.Experiments.Records;

/// <summary>What a run gave.</summary>
internal sealed record RunRecord
{
    /// <summary>Which run it was.</summary>
    public required RunKey Key { get; init; }

    /// <summary>Right answers about the validation texts, as a share; null where it was not asked.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>The mean loss on the validation texts; null where it was not asked.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Right answers about the test texts, as a share.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>The mean training loss of the last tenth of the steps.</summary>
    public required double TrainingLoss { get; init; }

    /// <summary>Steps that met a loss or a gradient that is not finite, and so changed nothing.</summary>
    public required int RefusedSteps { get; init; }

    /// <summary>How many numbers a step updated, on average.</summary>
    public required double ActiveParameters { get; init; }

    /// <summary>How many numbers the method may update.</summary>
    public required long TrainableParameters { get; init; }

    /// <summary>How many numbers the model's parameters hold.</summary>
    public required long TotalParameters { get; init; }

    /// <summary>The mean time of a step: for the plan only, since other programs may have run beside.</summary>
    public required double StepSeconds { get; init; }

    /// <summary>The time of the whole run.</summary>
    public required double TotalSeconds { get; init; }
}
