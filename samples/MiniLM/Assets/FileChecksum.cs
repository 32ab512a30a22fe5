using System.Security.Cryptography;

namespace MiniLM.Assets;

/// <summary>Compares a file's length and SHA-256 with what they must be.</summary>
public static class FileChecksum
{
    /// <summary>What is wrong with the file, or null if nothing is.</summary>
    public static async Task<string?> FaultAsync(string path, long size, string sha256, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(path);
        if (stream.Length != size)
            return $"it has {stream.Length:N0} bytes instead of {size:N0}";
        string found = Convert.ToHexString(await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false)).ToLowerInvariant();
        return found == sha256 ? null : $"its SHA-256 is {found} instead of {sha256}";
    }
}
