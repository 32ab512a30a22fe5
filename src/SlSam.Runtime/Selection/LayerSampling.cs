namespace SlSam;

/// <summary>How active arms are drawn from their probabilities. Every arm keeps exactly its probability; what differs is which arms are active together.</summary>
public enum LayerSampling
{
    /// <summary>
    /// One draw for the whole step; the active arms lie side by side. A step then runs backward through a part of the network only, since
    /// what it costs depends on the first active layer.
    /// </summary>
    Windowed,

    /// <summary>One draw for each arm, independent of the others, as in the SL-SAM paper.</summary>
    Independent,

    /// <summary>
    /// The same number of arms in every step, the sum of the probabilities (rounded up or down at random where it is no whole number), in a random order.
    /// </summary>
    FixedCount,
}
