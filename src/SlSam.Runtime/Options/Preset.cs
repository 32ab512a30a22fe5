using System.Text.Json;

namespace SlSam;

/// <summary>A method with the settings of a paper for a family of models: what it fine-tunes with, and where that is from.</summary>
public sealed record Preset
{
    /// <summary>The preset's name, unique among <see cref="Presets.All"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Where the settings are from.</summary>
    public required string Source { get; init; }

    /// <summary>The method.</summary>
    public required SharpnessOptions Options { get; init; }

    /// <summary>The learning rate of AdamW.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The weight decay of AdamW.</summary>
    public required double WeightDecay { get; init; }

    /// <summary>The number of examples in a batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>How the learning rate falls over the run.</summary>
    public required LearningRateDecay Decay { get; init; }

    /// <summary>Makes the update rule: AdamW with the preset's learning rate and weight decay, which shrinks all tensors as in the released code.</summary>
    public UpdateRule CreateRule() => UpdateRule.AdamW(LearningRate, weightDecay: WeightDecay) with { DecayedTensors = DecayedTensors.All };

    /// <summary>Writes the preset as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, OptionsJson.Default.Preset);
}
