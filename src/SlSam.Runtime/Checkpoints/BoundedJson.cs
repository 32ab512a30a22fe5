using System.Text.Json;

namespace SlSam;

/// <summary>JSON files that others may have written: their length is looked at before they are read.</summary>
internal static class BoundedJson
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="maximumLength">The most bytes that it may have.</param>
    /// <returns>The document; the caller disposes it.</returns>
    /// <exception cref="JsonException">It has more bytes, or is no JSON. The message names no file: the caller knows what it was to be.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    public static JsonDocument Open(string path, long maximumLength)
    {
        var length = new FileInfo(path).Length;
        return length <= maximumLength
            ? JsonDocument.Parse(File.ReadAllBytes(path))
            : throw new JsonException($"it has {length} bytes, and {maximumLength} at most are read");
    }
}
