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
            var line = File.Exists(information) ? File.ReadLines(information).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
            return line is null ? "an unknown processor" : line[(line.IndexOf(':') + 1)..].Trim();
        }
    }
}
