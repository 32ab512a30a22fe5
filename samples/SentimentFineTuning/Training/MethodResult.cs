namespace SentimentFineTuning.Training;

/// <summary>What a method did with its budget.</summary>
internal sealed record MethodResult
{
    internal required FineTuningMethod Method { get; init; }

    /// <summary>How many steps were made.</summary>
    internal required int Steps { get; init; }

    /// <summary>The share of held-out reviews labelled rightly before training; null if it was not measured.</summary>
    internal double? AccuracyBefore { get; init; }

    /// <summary>The same after training; null if it was not measured.</summary>
    internal double? AccuracyAfter { get; init; }

    /// <summary>The share of parameters that a step trained, on average.</summary>
    internal required double ActiveShare { get; init; }

    /// <summary>The losses of the steps, each on its own batch.</summary>
    internal required IReadOnlyList<double> Losses { get; init; }

    /// <summary>The seconds of each step, without the first ones, in which memory is allocated.</summary>
    internal required StepTimes Times { get; init; }
}
