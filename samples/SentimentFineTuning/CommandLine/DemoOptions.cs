using System.Security.Cryptography;
using System.Text;
using MiniLM.Training;
using SentimentFineTuning.Training;

namespace SentimentFineTuning.CommandLine;

/// <summary>Which methods are given the same budget beside the chosen one.</summary>
internal enum Comparison
{
    /// <summary>No other; a few steps of AdamW are timed, for the ratio.</summary>
    None,

    /// <summary>AdamW.</summary>
    AdamW,

    /// <summary>All of them.</summary>
    All,
}

/// <summary>What the command line says, with defaults filled in.</summary>
internal sealed record DemoOptions
{
    internal required FineTuningMethod Method { get; init; }

    internal required Comparison Compare { get; init; }

    internal required TrainingSettings Training { get; init; }

    /// <summary>How many reviews are held out.</summary>
    internal required int Examples { get; init; }

    /// <summary>The most tokens of a review that are read.</summary>
    internal required int SequenceLength { get; init; }

    /// <summary>cpu or cuda.</summary>
    internal required string Device { get; init; }

    /// <summary>How many threads compute; null leaves that to libtorch.</summary>
    internal required int? Threads { get; init; }

    /// <summary>How many processes train together on this machine, each on its part of every batch.</summary>
    internal int Workers { get; init; } = 1;

    /// <summary>What is kept of the run.</summary>
    internal required Recording Recording { get; init; }

    /// <summary>Whether to train on data that the program makes itself.</summary>
    internal required bool Offline { get; init; }

    /// <summary>Tells runs apart whose steps are not the same, by what they depend on beside the method.</summary>
    internal string Fingerprint
    {
        get
        {
            var settings = FormattableString.Invariant(
                $"{Training.Steps} {Training.BatchSize} {Training.LearningRate} {Training.ClassifierFactor} {Training.WeightDecay} {Training.WarmupSteps} {Training.Rho} {Training.Sparsity} {Training.Seed} {Examples} {SequenceLength} {Device} {Offline} {Workers}");
            return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(settings)))[..12].ToLowerInvariant();
        }
    }
}
