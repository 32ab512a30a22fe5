using System.Runtime.InteropServices;
using TorchSharp;

namespace SlSam;

/// <summary>What a run was computed with.</summary>
public sealed record RunEnvironment
{
    /// <summary>SlSam's version.</summary>
    public required string SlSam { get; init; }

    /// <summary>libtorch's version.</summary>
    public required string Torch { get; init; }

    /// <summary>The runtime: <c>.NET 8.0.11</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>The operating system.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>The processor's architecture: <c>X64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>How many processors this process may use.</summary>
    public required int Processors { get; init; }

    /// <summary>How many threads an operator may use on the CPU.</summary>
    public required int Threads { get; init; }

    /// <summary>Where the trained weights lie: <c>cpu</c>, <c>cuda:0</c>.</summary>
    public required string Device { get; init; }

    /// <summary>The type of the trained weights: <c>Float32</c>.</summary>
    public required string ElementType { get; init; }

    /// <summary>What the trained weights of an optimizer are computed with now.</summary>
    internal static RunEnvironment Of(SharpnessAwareOptimizer optimizer) => new()
    {
        SlSam = typeof(RunEnvironment).Assembly.GetName().Version?.ToString(3) ?? "",
        Torch = torch.__version__,
        Runtime = RuntimeInformation.FrameworkDescription,
        OperatingSystem = RuntimeInformation.OSDescription,
        Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
        Processors = System.Environment.ProcessorCount,
        Threads = torch.get_num_threads(),
        Device = string.Join(", ", optimizer.parameters().Select(parameter => parameter.device.ToString()).Distinct()),
        ElementType = string.Join(", ", optimizer.parameters().Select(parameter => parameter.dtype.ToString()).Distinct()),
    };
}
