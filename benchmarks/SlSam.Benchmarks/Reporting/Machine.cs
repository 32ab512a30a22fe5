using static TorchSharp.torch;

namespace SlSam.Benchmarks.Reporting;

/// <summary>What a figure depends on beside the code.</summary>
internal static class Machine
{
    public static string Description { get; } = $"{Environment.ProcessorCount} cores of {Processor}, libtorch {__version__}, .NET {Environment.Version}";

    private static string Processor
    {
        get
        {
            const string information = "/proc/cpuinfo";
            var lines = File.Exists(information) ? File.ReadLines(information) : [];
            var line = lines.FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) ?? "an unknown processor";
            return line[(line.IndexOf(':') + 1)..].Trim();
        }
    }
}
