namespace MiniLM.Training;

/// <summary>What is kept of a training beside its checkpoints, and how often it is looked at on the way.</summary>
public sealed record Recording
{
    /// <summary>The file for a report; null for none.</summary>
    public string? Report { get; init; }

    /// <summary>The folder for TensorBoard's event files, with a folder for each training; null for none.</summary>
    public string? TensorBoard { get; init; }

    /// <summary>After how many steps the model is measured on some of the held-out examples; 0 for never, null for a fifth of the steps.</summary>
    public int? EvaluateEvery { get; init; }

    /// <summary>What a report says of the run beside its method, its rule and its environment.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
