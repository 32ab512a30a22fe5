using System.Diagnostics;
using System.Globalization;

namespace SlSam.Benchmarks.Workers;

/// <summary>A process that says its version first, and then takes one training step for each line it is sent, and sleeps in between.</summary>
internal sealed class Worker : IDisposable
{
    private readonly Process _process;

    private Worker(Process process, string version)
    {
        _process = process;
        Version = version;
    }

    /// <summary>The version of libtorch in the process.</summary>
    public string Version { get; }

    /// <summary>Starts a worker, or says why there is none.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="threads">The threads that its matrix products may use.</param>
    /// <param name="reason">Why there is none.</param>
    public static Worker? Start(string program, IEnumerable<string> arguments, int threads, out string reason)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            // PyTorch tells OpenBLAS nothing of its own number of threads.
            Environment = { ["OPENBLAS_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture) },
        };
        try
        {
            var process = Process.Start(start)!;
            var version = process.StandardOutput.ReadLine();
            reason = version is null ? $"{program} ended before its first step" : "";
            return version is null ? null : new Worker(process, version);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            reason = $"{program} did not start: {error.Message}";
            return null;
        }
    }

    /// <summary>Takes one step.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="active">The arms that it works on; none for a method that draws none.</param>
    /// <returns>The step's seconds, measured by the worker.</returns>
    public double Step(string method, params int[] active)
    {
        _process.StandardInput.WriteLine(active.Length == 0 ? method : $"{method} {string.Join(',', active)}");
        _process.StandardInput.Flush();
        var line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"A process ended in a step of {method}; see above.");
        return double.Parse(line, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
