using SlSam.Reliability.Tests.Fuzzing.Targets;

namespace SlSam.Reliability.Tests.Fuzzing;

/// <summary>Every reader of this repository.</summary>
internal static class FuzzTargets
{
    private static readonly Func<FuzzTarget>[] s_targets =
    [
        () => new SafetensorsTarget(), () => new ShardsTarget(), () => new AdapterTarget(), () => new DeltaTarget(), () => new CheckpointTarget(),
        () => new OptionsTarget(), () => new TokenizerTarget(), () => new EncoderConfigurationTarget(),
#if LIBTORCH_PROVIDER
        // Those of TorchSharp itself are TorchSharp's: some end the process.
        () => new TensorStreamTarget(), () => new ModuleStreamTarget(), () => new OptimizerStreamTarget(),
#endif
    ];

    /// <summary>Names of the readers.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_targets.Select(create =>
    {
        using var target = create();
        return target.Name;
    })];

    /// <summary>Makes a reader; the caller disposes it.</summary>
    public static FuzzTarget Create(string name) => s_targets[Names.ToList().IndexOf(name)]();
}
