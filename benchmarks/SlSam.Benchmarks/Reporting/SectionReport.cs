namespace SlSam.Benchmarks.Reporting;

/// <summary>What one section of the benchmark has found out.</summary>
/// <param name="Setting">What was measured how.</param>
/// <param name="Measures">The rows.</param>
internal sealed record SectionReport(string Setting, IReadOnlyList<Measure> Measures)
{
    /// <summary>Further tables, in Markdown.</summary>
    public string Extra { get; init; } = "";

    public bool Missed => Measures.Any(measure => measure.Verdict == Verdict.Missed);

    /// <summary>The section in Markdown.</summary>
    public override string ToString()
    {
        var table = Measures.Count == 0
            ? ""
            : $"\n| measure | bar | measured | 95 % interval | |\n| --- | --- | --- | --- | --- |\n{string.Join('\n', Measures)}\n";
        return $"{Setting}\n{table}{(Extra.Length == 0 ? "" : $"\n{Extra}\n")}";
    }
}
