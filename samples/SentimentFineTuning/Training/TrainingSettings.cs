using System.Globalization;

namespace SentimentFineTuning.Training;

/// <summary>The budget and the rates of a training run, the same for every method that is compared.</summary>
internal sealed record TrainingSettings
{
    internal required int Steps { get; init; }

    internal required int BatchSize { get; init; }

    /// <summary>The peak learning rate of the encoder's layers.</summary>
    internal required double LearningRate { get; init; }

    /// <summary>By how much the rate of the classifier, which starts from nothing and is not active in every step, is higher.</summary>
    internal double ClassifierFactor { get; init; } = 10;

    internal double WeightDecay { get; init; } = 0.01;

    internal int WarmupSteps { get; init; } = 10;

    /// <summary>How far sharpness-aware methods look: the radius of the perturbation.</summary>
    internal required double Rho { get; init; }

    /// <summary>The share of layers that SL-SAM trains in a step, on average.</summary>
    internal required double Sparsity { get; init; }

    internal required int Seed { get; init; }

    /// <summary>What a report says of the run beside its method.</summary>
    internal IReadOnlyDictionary<string, string> Describe() => new Dictionary<string, string>
    {
        ["steps"] = Steps.ToString(CultureInfo.InvariantCulture),
        ["batch size"] = BatchSize.ToString(CultureInfo.InvariantCulture),
        ["warm-up steps"] = WarmupSteps.ToString(CultureInfo.InvariantCulture),
        ["seed"] = Seed.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>
    /// The learning rate of a step as a share of the peak: it rises linearly over the first steps, then falls linearly to zero.
    /// </summary>
    internal double RateAt(int step) => Math.Min(
        (step + 1.0) / Math.Min(WarmupSteps, Steps),
        Math.Max(Steps - step, 0.0) / Math.Max(Steps - WarmupSteps, 1));
}
