namespace TorchSharp.Modules;

public abstract partial class OptimizerHelper
{
    /// <summary>Writes options and state to a file in TorchSharp's binary format.</summary>
    /// <param name="location">The file; one that exists is overwritten.</param>
    public void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    /// <summary>Writes options and state in TorchSharp's binary format.</summary>
    /// <param name="writer">Where to.</param>
    public void save_state_dict(BinaryWriter writer)
    {
        var own = state_dict();
        writer.Write(GetType().Name);
        writer.Write7BitEncodedInt64(own.Options.Count);
        writer.Write7BitEncodedInt64(own.State.Count);
        foreach (var options in own.Options) options.SaveStateDict(writer);
        foreach (var state in own.State) state.SaveStateDict(writer);
    }

    /// <summary>Reads options and state from a file in TorchSharp's binary format.</summary>
    /// <param name="location">The file.</param>
    /// <exception cref="InvalidDataException">The file is of another kind of optimizer.</exception>
    /// <exception cref="ArgumentException">The file has another number of groups or of parameters.</exception>
    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    /// <summary>Reads options and state in TorchSharp's binary format.</summary>
    /// <param name="reader">Where from.</param>
    /// <exception cref="InvalidDataException">What is read is of another kind of optimizer.</exception>
    /// <exception cref="ArgumentException">What is read has another number of groups or of parameters.</exception>
    public void load_state_dict(BinaryReader reader)
    {
        var name = TensorStream.ReadText(reader);
        if (name != GetType().Name) throw new InvalidDataException($"The optimizer must be {GetType().Name}, but is {name}.");

        var own = state_dict();
        var (groups, states) = (TensorStream.ReadNumber(reader), TensorStream.ReadNumber(reader));
        if (groups != own.Options.Count || states != own.State.Count)
            throw new ArgumentException(
                $"There must be {own.Options.Count} groups and {own.State.Count} parameters, but there are {groups} and {states}.", nameof(reader));

        foreach (var options in own.Options) options.LoadStateDict(reader);
        foreach (var state in own.State) state.LoadStateDict(reader);
    }
}
