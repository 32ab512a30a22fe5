namespace SlSam.Experiments.CommandLine;

/// <summary>What the command line says, with defaults filled in.</summary>
internal sealed record ExperimentOptions
{
    /// <summary>The budget.</summary>
    public required ExperimentSettings Settings { get; init; }

    /// <summary>The names of the methods.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>The names of the data sets.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>Whether to train a small encoder on texts that the program makes.</summary>
    public required bool Offline { get; init; }

    /// <summary>Whether to say what would be done, and do nothing.</summary>
    public required bool PlanOnly { get; init; }

    /// <summary>The folder of the records.</summary>
    public required string Records { get; init; }

    /// <summary>The file of the results.</summary>
    public required string Output { get; init; }

    /// <summary>cpu or cuda.</summary>
    public required string Device { get; init; }

    /// <summary>How many threads compute; null leaves that to libtorch.</summary>
    public required int? Threads { get; init; }

    /// <summary>The command that repeats the experiment.</summary>
    public required string Command { get; init; }
}
