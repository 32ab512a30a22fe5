namespace SlSam;

/// <summary>A layer of the model of a run.</summary>
public sealed record RunLayer
{
    /// <summary>The layer's name.</summary>
    public required string Name { get; init; }

    /// <summary>What the layer is.</summary>
    public required SamLayerKind Kind { get; init; }

    /// <summary>The stage that it is used in, or -1 where the model has no stages.</summary>
    public required int Stage { get; init; }

    /// <summary>How many numbers it holds.</summary>
    public required long Parameters { get; init; }

    /// <summary>What a forward pass through it costs: <see cref="SamLayer.Cost"/>.</summary>
    public required double Cost { get; init; }

    /// <summary>Whether every step works on it.</summary>
    public bool AlwaysActive { get; init; }

    /// <summary>Whether no step works on it.</summary>
    public bool Frozen { get; init; }
}
