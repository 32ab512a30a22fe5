namespace SlSam;

/// <summary>Which gradient a step of two passes applies to tensors that it updates but does not perturb.</summary>
public enum UnperturbedGradient
{
    /// <summary>That of the second pass.</summary>
    SecondPass,

    /// <summary>The same mix of both passes that the perturbed tensors get; the first pass must then compute the gradients of all.</summary>
    Mixed,
}
