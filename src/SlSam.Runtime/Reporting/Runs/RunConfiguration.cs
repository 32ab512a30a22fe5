using System.Text.Json;

namespace SlSam;

/// <summary>How a run was to train.</summary>
public sealed record RunConfiguration
{
    /// <summary>The name of the model's class.</summary>
    public required string Model { get; init; }

    /// <summary>The method's name: that of its options' JSON, or the class of options of your own.</summary>
    public required string Method { get; init; }

    /// <summary>The method's options, as <see cref="SharpnessOptions.ToJson"/> writes them; null for options of a type of your own.</summary>
    public JsonElement? Options { get; init; }

    /// <summary>The update rule's name.</summary>
    public required string Rule { get; init; }

    /// <summary>The update rule's settings, by name.</summary>
    public required IReadOnlyDictionary<string, string> RuleSettings { get; init; }

    /// <summary>What the caller said of the run.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }
}
