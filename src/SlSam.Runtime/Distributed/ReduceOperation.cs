namespace SlSam;

/// <summary>How <see cref="ProcessGroup.AllReduce"/> combines the numbers of all processes.</summary>
public enum ReduceOperation
{
    /// <summary>Their sum.</summary>
    Sum = 0,

    /// <summary>Their product.</summary>
    Product = 2,

    /// <summary>The smallest.</summary>
    Minimum = 3,

    /// <summary>The largest.</summary>
    Maximum = 4,
}
