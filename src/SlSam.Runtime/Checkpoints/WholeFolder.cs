namespace SlSam;

/// <summary>A folder that appears under its name when it is complete, and not before.</summary>
internal static class WholeFolder
{
    private const string Ending = ".unfinished";

    /// <summary>Writes beside the name and renames.</summary>
    /// <param name="path">The path of the folder, which must not exist.</param>
    /// <param name="write">Writes what is in the folder whose path it is given.</param>
    /// <exception cref="IOException">The folder exists or cannot be written; nothing of it is left.</exception>
    public static void Write(string path, Action<string> write)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.Exists(path))
        {
            throw new IOException($"'{path}' exists already.");
        }

        var draft = $"{path}.{Guid.NewGuid():N}{Ending}";
        Directory.CreateDirectory(draft);
        try
        {
            write(draft);
            Directory.Move(draft, path);
        }
        catch
        {
            Directory.Delete(draft, recursive: true);
            throw;
        }
    }

    /// <summary>Takes a folder away, so that it is there as a whole or not at all.</summary>
    public static void Delete(string path)
    {
        var doomed = $"{path}.{Guid.NewGuid():N}{Ending}";
        Directory.Move(path, doomed);
        Directory.Delete(doomed, recursive: true);
    }

    /// <summary>Deletes what writers have left that were ended in the middle of their work.</summary>
    /// <param name="parent">Where their folders were to be.</param>
    /// <param name="pattern">What their names begin with.</param>
    public static void DeleteUnfinished(string parent, string pattern)
    {
        foreach (var unfinished in Directory.EnumerateDirectories(parent, $"{pattern}*{Ending}"))
        {
            Directory.Delete(unfinished, recursive: true);
        }
    }
}
