namespace SlSam;

/// <summary>Which tensors of a perturbed layer are perturbed. The layer is updated whole.</summary>
public enum PerturbableTensors
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Those with more than one dimension: no biases, no normalization. Layers without such a tensor are never perturbed.</summary>
    Matrices,
}
