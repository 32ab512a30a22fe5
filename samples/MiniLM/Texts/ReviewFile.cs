using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using MiniLM.Terminal;

namespace MiniLM.Texts;

/// <summary>Reads reviews from a JSON array of <c>{"t": text, "s": 0 or 1}</c>.</summary>
public static partial class ReviewFile
{
    private const int ReportInterval = 500;

    /// <summary>Reads all reviews, one after another from the stream, and keeps the first of those with the same text.</summary>
    /// <exception cref="InvalidDataException">The file is something else; the message says which review is wrong, and how.</exception>
    public static Task<List<LabelledText>> ReadAsync(string path, CancellationToken cancellation = default) => ReadAsync(path, progress: null, cancellation);

    /// <summary>The same, and shows how it advances.</summary>
    /// <exception cref="InvalidDataException">The file is something else; the message says which review is wrong, and how.</exception>
    public static Task<List<LabelledText>> ReadAsync(string path, IDisplay display, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(display);
        return display.TrackAsync("Reading reviews", new FileInfo(path).Length, ProgressUnit.Bytes, progress => ReadAsync(path, progress, cancellation));
    }

    private static async Task<List<LabelledText>> ReadAsync(string path, IProgressReport? progress, CancellationToken cancellation)
    {
        var reviews = new List<LabelledText>();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        int index = 0;
        try
        {
            await using var stream = File.OpenRead(path);
            var entries = JsonSerializer.DeserializeAsyncEnumerable(stream, ReviewJson.Default.Entry, cancellation);
            await foreach (var entry in entries.ConfigureAwait(false))
            {
                var review = Check(entry, index);
                if (texts.Add(review.Text))
                    reviews.Add(review);
                index++;
                if (index % ReportInterval == 0)
                    progress?.Report(stream.Position, $"{index} reviews");
            }
            progress?.Report(stream.Length, $"{index} reviews");
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            throw new InvalidDataException(
                $"'{path}' cannot be read as reviews, after the first {index} of them: {exception.Message}", exception);
        }
        return reviews;
    }

    /// <summary>
    /// Plain text: line breaks of HTML become spaces, and so do the control characters that stand where a code page was mistaken.
    /// </summary>
    public static string PlainText(string text) =>
        MarkupOrControl().Replace(WebUtility.HtmlDecode(MarkupOrControl().Replace(text, " ")), " ").Trim();

    private static LabelledText Check(Entry? entry, int index)
    {
        if (entry?.Text is not { } text)
            throw new InvalidDataException($"review {index} has no text 't'");
        if (entry.Sentiment is not (0 or 1))
            throw new InvalidDataException(
                $"the sentiment 's' of review {index} is {entry.Sentiment?.ToString() ?? "missing"}, not 0 or 1");
        return new LabelledText(PlainText(text), entry.Sentiment == 1);
    }

    [GeneratedRegex(@"<br\s*/?>|[\u0000-\u001F\u007F-\u009F]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MarkupOrControl();

    public sealed record Entry(
        [property: JsonPropertyName("t")] string? Text,
        [property: JsonPropertyName("s")] int? Sentiment);

    [JsonSerializable(typeof(Entry))]
    private sealed partial class ReviewJson : JsonSerializerContext;
}
