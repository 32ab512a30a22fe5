namespace SlSam;

/// <summary>Which tensors weight decay shrinks.</summary>
public enum DecayedTensors
{
    /// <summary>Those with more than one dimension: no biases, no normalization, no scales.</summary>
    Matrices,

    /// <summary>All of them, as PyTorch's and TorchSharp's optimizers do without parameter groups, and as the released code of SL-SAM and SAM does.</summary>
    All,
}
