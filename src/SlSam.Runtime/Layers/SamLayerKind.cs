namespace SlSam;

/// <summary>What a layer is, as far as the compiler can tell from the type of the annotated member.</summary>
public enum SamLayerKind
{
    /// <summary>A module of the user's own, or one that is none of the kinds below.</summary>
    Module,

    /// <summary>A single parameter.</summary>
    Parameter,

    /// <summary>A fully connected layer.</summary>
    Linear,

    /// <summary>A table of embeddings.</summary>
    Embedding,

    /// <summary>A convolution or transposed convolution.</summary>
    Convolution,

    /// <summary>Batch, layer, group or instance normalization.</summary>
    Normalization,

    /// <summary>Multi-head attention or a transformer block.</summary>
    Attention,

    /// <summary>A recurrent network or one of its cells.</summary>
    Recurrent,

    /// <summary>A sequence of modules taken as one layer.</summary>
    Sequential,
}
