using System.Diagnostics;
using System.Text.Json;
using TorchSharp;

namespace SlSam.LibTorch.Tests.Conformance;

/// <summary>One tensor, bit for bit.</summary>
public sealed record ExactTensor(string Dtype, IReadOnlyList<long> Shape, string Hex)
{
    public static ExactTensor Of(torch.Tensor tensor)
    {
        using var copy = tensor.detach().contiguous();
        var dtype = copy.dtype switch
        {
            torch.ScalarType.Byte => "uint8",
            torch.ScalarType.Bool => "bool",
            var type => type.ToString().ToLowerInvariant(),
        };
        return new ExactTensor(dtype, tensor.shape, Convert.ToHexString(copy.bytes).ToLowerInvariant());
    }

    public bool Equals(ExactTensor? other) => other is not null && Dtype == other.Dtype && Shape.SequenceEqual(other.Shape) && Hex == other.Hex;

    public override int GetHashCode() => Hex.GetHashCode(StringComparison.Ordinal);
}

/// <summary>What an expression gave: its values, and the gradients of their weighted sum.</summary>
public sealed record Evaluation(IReadOnlyList<ExactTensor> Values, IReadOnlyList<ExactTensor?> Gradients, string? Error);

/// <summary>PyTorch on the same libtorch, as Debian packages it: asked once, for all expressions.</summary>
public sealed class PythonTorch
{
    private const string Python = "/usr/bin/python3";
    private readonly Dictionary<string, Evaluation> _evaluations = [];

    public PythonTorch()
    {
        if (!File.Exists(Python))
        {
            WhyNot = $"There is no {Python}.";
            return;
        }
        var start = new ProcessStartInfo(Python, ["-W", "ignore", Path.Combine(AppContext.BaseDirectory, "Conformance", "evaluate.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // One thread, as there, also for OpenBLAS: two divide a sum otherwise.
            Environment = { ["OPENBLAS_NUM_THREADS"] = "1" },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var answers = process.StandardOutput.ReadToEndAsync();
        try
        {
            foreach (var expression in OperatorCases.All.Keys) process.StandardInput.WriteLine(expression);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already, and says why on its standard error.
        }
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            WhyNot = $"{Python} cannot evaluate with PyTorch: {errors.Result.Trim().Split('\n')[^1]}";
            return;
        }
        var lines = answers.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var version = JsonDocument.Parse(lines[0]).RootElement.GetProperty("version").GetString()!;
        if (!version.StartsWith(torch.__version__, StringComparison.Ordinal))
        {
            WhyNot = $"{Python} has PyTorch {version}, and this is libtorch {torch.__version__}.";
            return;
        }
        foreach (var (expression, line) in OperatorCases.All.Keys.Zip(lines.Skip(1))) _evaluations.Add(expression, Read(line));
    }

    /// <summary>Why there is nothing to compare with; null if there is.</summary>
    public string? WhyNot { get; }

    public Evaluation this[string expression] => _evaluations[expression];

    private static Evaluation Read(string line)
    {
        var root = JsonDocument.Parse(line).RootElement;
        if (root.TryGetProperty("error", out var error)) return new Evaluation([], [], error.GetString());
        return new Evaluation(
            root.GetProperty("values").EnumerateArray().Select(e => Read(e)!).ToList(),
            root.GetProperty("gradients").EnumerateArray().Select(Read).ToList(), null);
    }

    private static ExactTensor? Read(JsonElement element) => element.ValueKind == JsonValueKind.Null
        ? null
        : new ExactTensor(element.GetProperty("dtype").GetString()!, element.GetProperty("shape").EnumerateArray().Select(e => e.GetInt64()).ToList(), element.GetProperty("hex").GetString()!);
}
