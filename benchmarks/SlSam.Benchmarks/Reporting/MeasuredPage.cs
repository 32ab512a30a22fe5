namespace SlSam.Benchmarks.Reporting;

/// <summary>A page with places for the tables of a benchmark, between <c>&lt;!-- measured NAME --&gt;</c> and <c>&lt;!-- end of NAME --&gt;</c>.</summary>
internal static class MeasuredPage
{
    /// <summary>Puts a section into its place.</summary>
    /// <param name="page">The page's text.</param>
    /// <param name="name">The section's name.</param>
    /// <param name="content">What is to stand there.</param>
    /// <returns>The new text; null where the page has no such place.</returns>
    public static string? Fill(string page, string name, string content)
    {
        string begin = $"<!-- measured {name} -->", end = $"<!-- end of {name} -->";
        int from = page.IndexOf(begin, StringComparison.Ordinal), to = page.IndexOf(end, StringComparison.Ordinal);
        return from < 0 || to < from ? null : $"{page[..(from + begin.Length)]}\n{content.Trim()}\n{page[to..]}";
    }

    /// <summary>Puts a section into its place in a file, which is replaced as a whole.</summary>
    /// <exception cref="InvalidOperationException">The file has no such place; it is as it was.</exception>
    public static void Write(string path, string name, string content)
    {
        var filled = Fill(File.ReadAllText(path), name, content) ?? throw new InvalidOperationException($"{path} has no place for '{name}'.");
        File.WriteAllText(path + ".new", filled);
        File.Move(path + ".new", path, overwrite: true);
    }
}
