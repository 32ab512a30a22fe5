namespace SlSam;

/// <summary>How a learning rate falls over a run.</summary>
public enum LearningRateDecay
{
    /// <summary>It stays as it is; or the source does not say.</summary>
    Constant,

    /// <summary>Along a straight line to 0.</summary>
    Linear,

    /// <summary>Along half a cosine wave to 0.</summary>
    Cosine,
}
