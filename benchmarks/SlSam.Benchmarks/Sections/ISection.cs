using SlSam.Benchmarks.Model;
using SlSam.Benchmarks.Reporting;

namespace SlSam.Benchmarks.Sections;

/// <summary>A part of the benchmark that can be run by itself.</summary>
internal interface ISection
{
    /// <summary>By which it is chosen.</summary>
    string Name { get; }

    /// <summary>Which models it is run for.</summary>
    SectionModels Models { get; }

    /// <summary>Measures.</summary>
    /// <param name="shape">The model; where the section has models of its own, threads, device and type are taken from it.</param>
    /// <param name="settings">What holds for all sections.</param>
    SectionReport Run(EncoderShape shape, BenchmarkSettings settings);
}

/// <summary>Which models a section is run for.</summary>
internal enum SectionModels
{
    /// <summary>Models of its own.</summary>
    Own,

    /// <summary>The first of those that were chosen.</summary>
    First,

    /// <summary>All that were chosen.</summary>
    All,
}

/// <summary>What holds for all sections.</summary>
/// <param name="Rounds">How often each method is timed at least.</param>
/// <param name="Python">The Python whose PyTorch is measured beside.</param>
internal sealed record BenchmarkSettings(int Rounds, string Python);
