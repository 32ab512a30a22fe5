namespace MiniLM.Assets;

/// <summary>Where packages come from.</summary>
public interface IPackageSource
{
    /// <summary>Fetches a package's gzipped tar archive.</summary>
    /// <param name="package">Which package.</param>
    /// <param name="folder">An empty folder that the archive and whatever else comes with it may be put in.</param>
    /// <param name="progress">Is told, now and then, how many bytes have arrived.</param>
    /// <param name="cancellation">Ends the fetching.</param>
    /// <returns>The archive's path.</returns>
    /// <exception cref="AssetUnavailableException">The package cannot be fetched.</exception>
    Task<string> FetchAsync(AssetPackage package, string folder, IProgress<long> progress, CancellationToken cancellation);
}
