namespace SlSam;

/// <summary>Among which entries those with the highest salience are sought.</summary>
public enum SparseScope
{
    /// <summary>Among all masked weights of the model together.</summary>
    Global,

    /// <summary>Within each masked weight by itself, as the paper's local masks.</summary>
    Local,

    /// <summary>Within each <see cref="SamLayer"/>, among its masked weights together.</summary>
    Layer,
}
