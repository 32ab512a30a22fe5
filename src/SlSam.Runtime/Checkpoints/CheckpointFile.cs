using System.Security.Cryptography;

namespace SlSam;

/// <summary>A file of a training checkpoint, as the checkpoint knows it.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Checksum">Its SHA-256 checksum, in hexadecimal digits.</param>
internal sealed record CheckpointFile(string Name, long Length, string Checksum)
{
    /// <summary>Writes a file and flushes it to the disk.</summary>
    public static CheckpointFile Write(string folder, string name, Action<Stream> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        using (var stream = new HashingStream(file, hash))
        {
            content(stream);
        }

        file.Flush(flushToDisk: true);
        return new CheckpointFile(name, file.Length, Convert.ToHexString(hash.GetHashAndReset()));
    }

    /// <summary>What is wrong with the file in a folder; null where it is what was written.</summary>
    public string? Problem(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, Name), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        return file.Length != Length
            ? $"'{Name}' has {file.Length} bytes instead of {Length}"
            : Convert.ToHexString(SHA256.HashData(file)) != Checksum
                ? $"'{Name}' is damaged, or of another checkpoint: its checksum is not the one that was noted"
                : null;
    }
}
