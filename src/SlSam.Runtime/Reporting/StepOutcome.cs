namespace SlSam;

/// <summary>How a step ended.</summary>
public enum StepOutcome
{
    /// <summary>The active layers were updated.</summary>
    Updated,

    /// <summary>The loss or a gradient of the first pass was not finite; the model is as it was before the step.</summary>
    NonFiniteFirstPass,

    /// <summary>The loss or a gradient at the perturbed weights was not finite; the model is as it was before the step.</summary>
    NonFiniteSecondPass,

    /// <summary>The loss did not depend on any active layer; the model is as it was before the step.</summary>
    NoGradient,
}
