using SlSam.Benchmarks.Model;
using SlSam.Benchmarks.Reporting;

namespace SlSam.Benchmarks.Sections;

/// <summary>A part of the benchmark that can be run by itself.</summary>
internal interface ISection
{
    /// <summary>By which it is chosen.</summary>
    string Name { get; }

    /// <summary>Whether it is run for every model that was chosen, rather than for the first.</summary>
    bool ForEveryModel { get; }

    /// <summary>Measures.</summary>
    SectionReport Run(EncoderShape shape, BenchmarkSettings settings);
}

/// <summary>What holds for all sections.</summary>
/// <param name="Rounds">How often each method is timed at least.</param>
/// <param name="Python">The Python whose PyTorch is measured beside.</param>
internal sealed record BenchmarkSettings(int Rounds, string Python);
