namespace SlSam;

/// <summary>How a strength alpha changes over the steps of a run.</summary>
public enum AlphaDecay
{
    /// <summary>alpha_t = alpha.</summary>
    Constant,

    /// <summary>alpha_t = alpha (1 - t / T), and 0 from step T on.</summary>
    Linear,

    /// <summary>alpha_t = alpha (1 + cos(pi t / T)) / 2, and 0 from step T on.</summary>
    Cosine,
}
