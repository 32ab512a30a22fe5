using System.Diagnostics;
using System.Text.Json;
using TorchSharp;

namespace SlSam.LibTorch.Tests.Reference;

/// <summary>
/// The Python PyTorch of this machine, which runs on the same libtorch and so draws the same random numbers and computes the same values.
/// One process serves all tests. A test that uses it is skipped where there is none.
/// </summary>
internal static class PyTorch
{
    private const string Server = """
        import json, math, sys
        try:
            import torch, torch.nn as nn, torch.nn.functional as F
        except Exception as e:
            print(json.dumps({"error": str(e)}), flush=True)
            sys.exit(1)
        torch.set_num_threads(1)
        print(json.dumps({"version": torch.__version__}), flush=True)
        for line in sys.stdin:
            names = {"torch": torch, "nn": nn, "F": F, "math": math, "out": {}}
            try:
                exec(json.loads(line), names)
                reply = {}
                for name, value in names["out"].items():
                    value = torch.as_tensor(value, dtype=None if torch.is_tensor(value) else torch.float64).detach()
                    reply[name] = {"shape": list(value.shape), "values": value.double().flatten().tolist()}
            except Exception as e:
                reply = {"error": {"text": type(e).__name__ + ": " + str(e)}}
            print(json.dumps(reply), flush=True)
        """;

    private static readonly object s_lock = new();
    private static readonly Lazy<(Process? Process, string Reason)> s_server = new(Start);

    /// <summary>What a script puts into its dictionary <c>out</c>: tensors, numbers or lists of numbers.</summary>
    public static Dictionary<string, Value> Run(string script)
    {
        var (process, reason) = s_server.Value;
        Skip.If(process is null, reason);

        lock (s_lock)
        {
            process!.StandardInput.WriteLine(JsonSerializer.Serialize(script));
            process.StandardInput.Flush();
            var reply = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("PyTorch's process has ended.");
            using var document = JsonDocument.Parse(reply);
            if (document.RootElement.TryGetProperty("error", out var error))
                throw new InvalidOperationException($"{error.GetProperty("text").GetString()}\nin\n{script}");
            return document.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => Value.Read(property.Value));
        }
    }

    /// <summary>Asserts that a script gives the same tensors by name, and no others.</summary>
    public static void AssertSame(string script, IEnumerable<(string Name, torch.Tensor Value)> ours, double tolerance = 1e-12)
    {
        var theirs = Run(script);
        var names = new List<string>();
        foreach (var (name, tensor) in ours)
        {
            names.Add(name);
            Assert.True(theirs.TryGetValue(name, out var expected), $"PyTorch has no '{name}'.");
            AssertNear(name, expected!, tensor, tolerance);
        }

        Assert.Equal(theirs.Keys.Order(), names.Order());
    }

    private static void AssertNear(string name, Value expected, torch.Tensor tensor, double tolerance)
    {
        Assert.Equal(expected.Shape, tensor.shape);
        using var flat = tensor.detach().to(torch.ScalarType.Float64).cpu().contiguous();
        var actual = flat.data<double>().ToArray();
        for (var i = 0; i < actual.Length; i++)
        {
            var difference = Math.Abs(actual[i] - expected.Values[i]);
            Assert.True(
                difference <= tolerance * Math.Max(1, Math.Abs(expected.Values[i])),
                $"{name}[{i}] is {actual[i]:R}, but {expected.Values[i]:R} in PyTorch.");
        }
    }

    private static (Process?, string) Start()
    {
        foreach (var python in new[] { Environment.GetEnvironmentVariable("PYTHON"), "/usr/bin/python3", "python3" })
        {
            if (string.IsNullOrEmpty(python)) continue;
            try
            {
                var process = Process.Start(new ProcessStartInfo(python, ["-c", Server])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    // One thread, as there, also for OpenBLAS: two divide a sum otherwise.
                    Environment = { ["OPENBLAS_NUM_THREADS"] = "1" },
                })!;
                process.ErrorDataReceived += (_, _) => { };
                process.BeginErrorReadLine();
                if (process.StandardOutput.ReadLine()?.Contains("version") == true) return (process, "");
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // This Python does not exist: the next one is tried.
            }
        }

        return (null, "There is no Python with PyTorch to compare with (on Debian: apt-get install python3-torch).");
    }

    /// <summary>A tensor's shape and values.</summary>
    public sealed record Value(long[] Shape, double[] Values)
    {
        public static Value Read(JsonElement element) => new(
            element.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray(),
            element.GetProperty("values").EnumerateArray().Select(value => value.GetDouble()).ToArray());
    }
}
