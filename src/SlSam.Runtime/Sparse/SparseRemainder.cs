namespace SlSam;

/// <summary>What becomes of the parameters of a <c>[SparseDelta]</c> layer that have no mask: those with fewer than two dimensions, biases and norms.</summary>
public enum SparseRemainder
{
    /// <summary>They stay as they are, as in the paper.</summary>
    Frozen,

    /// <summary>They are trained whole.</summary>
    Trained,

    /// <summary>They are masked like the others.</summary>
    Masked,
}
