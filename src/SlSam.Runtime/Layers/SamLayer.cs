using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>A layer of a model: the parameters that are chosen, perturbed and updated together.</summary>
public sealed class SamLayer
{
    /// <summary>Describes a layer that is one parameter.</summary>
    /// <param name="name">The layer's name, unique in its model.</param>
    /// <param name="kind">What the layer is.</param>
    /// <param name="stage">The stage of the forward pass that the layer is used in, or -1 when the model has no stages.</param>
    /// <param name="parameter">The layer's only parameter.</param>
    public SamLayer(string name, SamLayerKind kind, int stage, Parameter parameter)
        : this(name, kind, stage, [("", parameter ?? throw new ArgumentNullException(nameof(parameter)))])
    {
    }

    /// <summary>Describes a layer that is a module.</summary>
    /// <param name="name">The layer's name, unique in its model.</param>
    /// <param name="kind">What the layer is.</param>
    /// <param name="stage">The stage of the forward pass that the layer is used in, or -1 when the model has no stages.</param>
    /// <param name="module">The module; its parameters, and those of the modules in it, are the layer's.</param>
    public SamLayer(string name, SamLayerKind kind, int stage, nn.Module module)
        : this(name, kind, stage, (module ?? throw new ArgumentNullException(nameof(module))).named_parameters())
    {
    }

    private SamLayer(string name, SamLayerKind kind, int stage, IEnumerable<(string Name, Parameter Parameter)> parameters)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(stage, -1);
        Name = name;
        Kind = kind;
        Stage = stage;
        Parameters = [.. parameters];
    }

    /// <summary>The layer's name, unique in its model: <c>head</c>, <c>blocks[3]</c>.</summary>
    public string Name { get; }

    /// <summary>What the layer is.</summary>
    public SamLayerKind Kind { get; }

    /// <summary>The stage of the forward pass that the layer is used in, counted from 0, or -1 when the model has no stages.</summary>
    public int Stage { get; }

    /// <summary>The layer's parameters and their names inside the layer, in the order of their registration.</summary>
    public IReadOnlyList<(string Name, Parameter Parameter)> Parameters { get; }

    /// <inheritdoc/>
    public override string ToString() => Stage < 0 ? $"{Name} ({Kind})" : $"{Name} ({Kind}, stage {Stage})";
}
