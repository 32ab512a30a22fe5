using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SlSam.Benchmarks.Model;

namespace SlSam.Benchmarks.Timing;

/// <summary>A Python process that takes one training step in PyTorch for each line it is sent, and sleeps in between.</summary>
internal sealed class PyTorchWorker : IDisposable
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly Process _process;

    private PyTorchWorker(Process process, string version)
    {
        _process = process;
        Version = version;
    }

    public string Version { get; }

    /// <summary>Starts the worker, or says why there is none.</summary>
    public static PyTorchWorker? Start(string python, EncoderShape shape, out string reason)
    {
        var start = new ProcessStartInfo(python)
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "step_time.py"), JsonSerializer.Serialize(shape, s_json) },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        try
        {
            var process = Process.Start(start)!;
            var version = process.StandardOutput.ReadLine();
            reason = version is null ? $"{python} cannot import torch" : "";
            return version is null ? null : new PyTorchWorker(process, version);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            reason = $"{python} did not start: {error.Message}";
            return null;
        }
    }

    /// <summary>Takes one step.</summary>
    /// <returns>The step's seconds, measured by the worker.</returns>
    public double Step(string method)
    {
        _process.StandardInput.WriteLine(method);
        _process.StandardInput.Flush();
        var line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The PyTorch process ended in a step of {method}.");
        return double.Parse(line, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
