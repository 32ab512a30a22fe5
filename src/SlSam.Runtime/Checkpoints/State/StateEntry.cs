namespace SlSam;

/// <summary>One thing that is remembered.</summary>
/// <param name="name">Its name in a checkpoint.</param>
internal abstract class StateEntry(string name)
{
    public string Name { get; } = name;

    /// <summary>Writes it as it is now.</summary>
    public abstract void Save(StateWriter writer);

    /// <summary>Checks what a checkpoint says of it.</summary>
    /// <returns>What sets it, and does not fail.</returns>
    /// <exception cref="InvalidDataException">The checkpoint does not have it, or something else in its place.</exception>
    public abstract Action Load(StateReader reader);
}
