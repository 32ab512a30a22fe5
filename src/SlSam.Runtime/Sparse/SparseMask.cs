namespace SlSam;

/// <summary>How much of one weight is trained.</summary>
/// <param name="Name">The weight's name in its model.</param>
/// <param name="Layer">The layer that it belongs to.</param>
/// <param name="Size">How many entries it has.</param>
/// <param name="Count">How many of them are in the mask.</param>
public readonly record struct SparseMask(string Name, SamLayer Layer, long Size, long Count);
