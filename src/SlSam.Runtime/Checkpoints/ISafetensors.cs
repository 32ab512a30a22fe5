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

    /// <summary>Refuses files that are not as long any more as they were when they were opened.</summary>
    /// <exception cref="InvalidDataException">One is not.</exception>
    void RequireWhole();

    /// <summary>Copies one tensor into another of its shape. Called under <c>no_grad</c>.</summary>
    void CopyInto(string name, Tensor target);
}
