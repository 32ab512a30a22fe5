using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using SlSam.Benchmarks.Model;
using static TorchSharp.torch;

namespace SlSam.Benchmarks.Workers;

/// <summary>The worker Native/hand_written.cpp, compiled against the libtorch that the provider of TorchSharp's API is compiled against.</summary>
internal static class NativeWorker
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "native");

    /// <summary>Compiles it, unless that was done before, and starts it; or says why there is none.</summary>
    public static Worker? Start(EncoderShape shape, out string reason)
    {
        var script = Path.Combine(s_folder, "compile.sh");
        if (!File.Exists(script))
        {
            reason = "TorchSharp's API comes from a package whose libtorch has no headers";
            return null;
        }

        reason = Run("sh", [script, "--flags"], out var flags);
        if (reason.Length > 0)
            return null;
        var source = Path.Combine(s_folder, "hand_written.cpp");
        var program = Path.Combine(CacheFolder, $"hand-written-{Key(File.ReadAllText(source) + flags + __version__)}");
        if (!File.Exists(program))
        {
            Directory.CreateDirectory(CacheFolder);
            var unfinished = $"{program}.{Environment.ProcessId}";
            string[] options = flags.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            reason = Run(Environment.GetEnvironmentVariable("CXX") ?? "g++", [source, "-O2", "-o", unfinished, .. options], out _);
            if (reason.Length > 0)
                return null;
            File.Move(unfinished, program, overwrite: true);
        }

        int[] sizes = [shape.Vocabulary, shape.Width, shape.Heads, shape.Blocks, EncoderShape.Classes, shape.Batch, shape.Length, shape.Threads];
        return Worker.Start(program, [.. sizes.Select(size => $"{size}"), shape.Device, shape.Type], shape.Threads, out reason);
    }

    /// <summary>Where compile.sh keeps what it has compiled, too.</summary>
    private static string CacheFolder
    {
        get
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            var caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(home, ".cache");
            return Path.Combine(Environment.GetEnvironmentVariable("SLSAM_CACHE") ?? Path.Combine(caches, "slsam"), "native");
        }
    }

    private static string Key(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    /// <returns>What went wrong; empty if nothing did.</returns>
    private static string Run(string program, IEnumerable<string> arguments, out string output)
    {
        output = "";
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? "" : $"{program} ended with {process.ExitCode}: {error.Result.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception problem)
        {
            return $"{program} did not start: {problem.Message}";
        }
    }
}
