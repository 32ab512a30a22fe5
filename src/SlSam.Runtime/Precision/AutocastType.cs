namespace SlSam;

/// <summary>The type that autocast computes matrix products and convolutions in. The weights, and what needs more digits, stay float32.</summary>
public enum AutocastType
{
    /// <summary>No autocast: every operation computes in the type of its inputs.</summary>
    Off,

    /// <summary>bfloat16: float32's range with 8 significant bits. Needs no loss scaling.</summary>
    BFloat16,

    /// <summary>float16: 11 significant bits, and a range in which small gradients vanish: scale the loss. Needs a GPU, or on a CPU a libtorch that computes in it.</summary>
    Float16,
}
