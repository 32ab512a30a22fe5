using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;

namespace SlSam.Reporting;

/// <summary>
/// A report of one run, or of two laid over each other, as one HTML file that needs nothing else: the charts' library, the style and the numbers are in it.
/// </summary>
/// <remarks>
/// It shows losses and accuracies, each layer's probability and the steps that chose it, gradient norms, the balancedness of low-rank pairs, where the time went,
/// the cost against a plain step, learning rates, configuration and environment; with the numbers of each chart as a table and as CSV.
/// </remarks>
public static class HtmlReport
{
    private static readonly string[] s_scripts = ["1-format.js", "2-page.js", "3-lines.js", "4-heat.js", "5-report.js"];

    /// <summary>Whether this build has the charts' library, which is fetched when the assembly is built; without it no report can be made.</summary>
    public static bool IsAvailable { get; } = typeof(HtmlReport).Assembly.GetManifestResourceInfo("uPlot.js") is not null;

    /// <summary>Writes a report. The file appears when it is complete.</summary>
    /// <param name="path">The path of the file; one that is there is replaced.</param>
    /// <param name="run">The run.</param>
    /// <param name="other">A run to lay over it; null for none.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="run"/> is null.</exception>
    /// <exception cref="InvalidOperationException">This build lacks the charts' library.</exception>
    /// <exception cref="IOException">The file cannot be written; one that was there is unchanged.</exception>
    public static void Write(string path, TrainingRun run, TrainingRun? other = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var text = Render(run, other);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(temporary, text);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>The text of a report: what <see cref="Write"/> writes.</summary>
    /// <param name="run">The run.</param>
    /// <param name="other">A run to lay over it; null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="run"/> is null.</exception>
    /// <exception cref="InvalidOperationException">This build lacks the charts' library.</exception>
    public static string Render(TrainingRun run, TrainingRun? other = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!IsAvailable)
        {
            throw new InvalidOperationException(
                "This build of SlSam.Reporting lacks uPlot, which is fetched with npm when it is built. Install npm, then build again: ./build.sh build");
        }

        var title = other is null ? run.Name : $"{run.Name} and {other.Name}";
        return Fill(Resource("report.html"), new Dictionary<string, string>
        {
            ["title"] = WebUtility.HtmlEncode(title),
            ["version"] = typeof(HtmlReport).Assembly.GetName().Version!.ToString(3),
            ["style"] = Resource("uPlot.css") + Resource("report.css"),
            ["licence"] = Resource("uPlot-licence.txt").Trim(),
            ["library"] = Resource("uPlot.js"),
            ["script"] = string.Concat(s_scripts.Select(Resource)),

            // Its writer escapes what would end the script element.
            ["runs"] = other is null ? $"[{run.ToJson()}]" : $"[{run.ToJson()},{other.ToJson()}]",
        });
    }

    /// <summary>Puts values into a template in one pass, so that what they hold is not searched.</summary>
    private static string Fill(string template, Dictionary<string, string> values)
    {
        var text = new StringBuilder(template.Length + values.Sum(value => value.Value.Length));
        var position = 0;
        while (template.IndexOf("{{", position, StringComparison.Ordinal) is >= 0 and var start)
        {
            var end = template.IndexOf("}}", start, StringComparison.Ordinal);
            text.Append(template, position, start - position).Append(values[template[(start + 2)..end]]);
            position = end + 2;
        }

        return text.Append(template, position, template.Length - position).ToString();
    }

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The resource '{name}' is missing."));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
