namespace TorchSharp;

/// <summary>What is beyond the edge of a convolution's input.</summary>
public enum PaddingModes
{
    /// <summary>Zeros.</summary>
    Zeros = 0,

    /// <summary>The input, mirrored at its first and last element.</summary>
    Reflect = 1,

    /// <summary>The first and the last element.</summary>
    Replicate = 2,

    /// <summary>The input, again.</summary>
    Circular = 3,

    /// <summary>A given value.</summary>
    Constant = 4,
}

/// <summary>How much padding a convolution has.</summary>
public enum Padding
{
    /// <summary>None.</summary>
    Valid = 0,

    /// <summary>As much as gives a result of the input's size.</summary>
    Same = 1,
}
