using static TorchSharp.torch;

namespace SlSam;

/// <summary>Tensors in safetensors files: in one, or shared out among several.</summary>
internal interface ISafetensors
{
    /// <summary>The path that they were opened by.</summary>
    string Path { get; }

    /// <summary>The tensors.</summary>
    IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>The description of a tensor.</summary>
    SafetensorsEntry this[string name] { get; }

    /// <summary>Whether there is a tensor of this name.</summary>
    bool Contains(string name);

    /// <summary>Reads one tensor.</summary>
    Tensor Read(string name, ScalarType? dtype = null, Device? device = null);
}
