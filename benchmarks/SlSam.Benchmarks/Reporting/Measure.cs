using System.Globalization;
using SlSam.Benchmarks.Statistics;

namespace SlSam.Benchmarks.Reporting;

/// <summary>How a measured quantity stands to its bar.</summary>
internal enum Verdict
{
    /// <summary>There is no bar: the row is for comparison.</summary>
    NoBar,

    /// <summary>The estimate is within the bar.</summary>
    Met,

    /// <summary>The estimate is above the bar, but by no more than the noise.</summary>
    WithinNoise,

    /// <summary>The estimate is above the bar by more than the noise, or there is none.</summary>
    Missed,
}

/// <summary>One row of the report: what was measured, and the most that it may be.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Value">The estimate.</param>
/// <param name="Bar">The most that it may be; null where there is no bar.</param>
/// <param name="Format">How numbers are written; a unit may follow in quotes.</param>
internal sealed record Measure(string What, Estimate Value, double? Bar = null, string Format = "0.00")
{
    public Verdict Verdict => Bar switch
    {
        null => Verdict.NoBar,
        { } bar when Value.Middle <= bar => Verdict.Met,
        { } bar when Value.Low <= bar => Verdict.WithinNoise,
        _ => Verdict.Missed,
    };

    /// <summary>The row in Markdown.</summary>
    public override string ToString()
    {
        var verdict = Verdict switch
        {
            Verdict.NoBar => "",
            Verdict.Met => "met",
            Verdict.WithinNoise => "missed, within the noise",
            _ => "**missed**",
        };
        return $"| {What} | {(Bar is { } bar ? "<= " + Written(bar) : "")} | {Written(Value.Middle)} | {Spread} | {verdict} |";
    }

    private string Spread => Value.Low == Value.High ? "" : $"{Written(Value.Low)} to {Written(Value.High)}";

    private string Written(double value) => value.ToString(Format, CultureInfo.InvariantCulture);
}
