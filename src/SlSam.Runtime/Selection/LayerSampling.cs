namespace SlSam;

/// <summary>How active arms are drawn from their probabilities. Every arm keeps exactly its probability either way; what differs is where active arms lie.</summary>
public enum LayerSampling
{
    /// <summary>
    /// One draw for the whole step; the active arms lie side by side. A step then runs backward through a part of the network only, since
    /// what it costs depends on the first active layer.
    /// </summary>
    Windowed,

    /// <summary>One draw for each arm, independent of the others, as in the SL-SAM paper.</summary>
    Independent,
}
