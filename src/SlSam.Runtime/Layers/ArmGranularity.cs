namespace SlSam;

/// <summary>What one arm of a selector is.</summary>
public enum ArmGranularity
{
    /// <summary>An arm is a layer: its parameters are active together.</summary>
    Layer,

    /// <summary>An arm is one parameter tensor, as in the code released with the SL-SAM paper.</summary>
    Parameter,
}
