namespace SlSam;

/// <summary>A file that appears under its name when it is complete, and not before.</summary>
internal static class WholeFile
{
    /// <summary>Writes beside the name, flushes to the disk and renames, replacing a file that is there.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="write">Writes what is in it; if it throws, a file that was there is unchanged.</param>
    /// <exception cref="IOException">The file cannot be written; one that was there is unchanged.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
