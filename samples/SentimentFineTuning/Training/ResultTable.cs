using System.Globalization;

namespace SentimentFineTuning.Training;

/// <summary>The final table's cells, as text.</summary>
internal static class ResultTable
{
    internal static readonly string[] Columns =
        ["Method", "Steps", "Accuracy before", "Accuracy after", "Active parameters", "Seconds per step", "Ratio to AdamW"];

    internal const string Legend =
        "Accuracy is on held-out reviews; seconds are the median (and mean) of the steps, the ratio is that of the means.";

    internal static IEnumerable<IReadOnlyList<string>> Rows(IReadOnlyList<MethodResult> results)
    {
        double reference = results.FirstOrDefault(result => result.Method == FineTuningMethod.AdamW)?.Times.Mean ?? double.NaN;
        foreach (var result in results)
            yield return
            [
                result.Method.DisplayName(),
                result.Steps.ToString(CultureInfo.InvariantCulture),
                Percent(result.AccuracyBefore),
                Percent(result.AccuracyAfter),
                Percent(result.ActiveShare),
                Number(result.Times.Median, "0.000") + " (" + Number(result.Times.Mean, "0.000") + ")",
                Number(result.Times.Mean / reference, "0.00"),
            ];
    }

    private static string Percent(double? share) => share is { } value ? Number(100 * value, "0.0") + " %" : "not measured";

    private static string Number(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "-";
}
