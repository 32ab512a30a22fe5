using SlSam.Benchmarks.Model;
using SlSam.Benchmarks.Sections;

namespace SlSam.Benchmarks.CommandLine;

/// <summary>What is measured on which models.</summary>
/// <param name="Sections">The sections, in the order of the report.</param>
/// <param name="Models">The models.</param>
/// <param name="Settings">What holds for all sections.</param>
/// <param name="Page">The page whose tables are filled in; null for none.</param>
internal sealed record BenchmarkOptions(IReadOnlyList<ISection> Sections, IReadOnlyList<EncoderShape> Models, BenchmarkSettings Settings, string? Page);
