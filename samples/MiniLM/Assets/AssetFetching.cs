using MiniLM.Terminal;

namespace MiniLM.Assets;

/// <summary>Fetches what a cache lacks, and shows how it advances.</summary>
public static class AssetFetching
{
    /// <summary>Makes sure that assets are in the cache.</summary>
    /// <exception cref="AssetUnavailableException">One of them cannot be fetched.</exception>
    public static async Task EnsureAsync(
        this AssetCache cache, IReadOnlyCollection<Asset> assets, IDisplay display, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(display);
        var missing = await cache.MissingAsync(assets, cancellation).ConfigureAwait(false);
        foreach (var package in missing.GroupBy(asset => asset.Package))
            await display.TrackAsync($"Fetching {package.Key}", package.Key.ArchiveSize, ProgressUnit.Bytes, async progress =>
            {
                var bytes = new ImmediateProgress<long>(done => progress.Report(done, ""));
                await cache.FetchAsync(package.Key, package.ToList(), bytes, cancellation).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        if (missing.Count > 0)
            display.Say($"Sizes and checksums are right; kept in {cache.Folder}.");
    }
}
