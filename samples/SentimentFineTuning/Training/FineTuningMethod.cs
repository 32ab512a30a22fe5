namespace SentimentFineTuning.Training;

/// <summary>How a model is fine-tuned.</summary>
internal enum FineTuningMethod
{
    /// <summary>Sharpness-aware on the layers that a bandit samples.</summary>
    SlSam,

    /// <summary>Sharpness-aware on all layers.</summary>
    Sam,

    /// <summary>AdamW alone.</summary>
    AdamW,
}

internal static class FineTuningMethodNames
{
    /// <summary>The method's name as the literature spells it.</summary>
    internal static string DisplayName(this FineTuningMethod method) => method switch
    {
        FineTuningMethod.SlSam => "SL-SAM",
        FineTuningMethod.Sam => "SAM",
        FineTuningMethod.AdamW => "AdamW",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Not a method."),
    };
}
