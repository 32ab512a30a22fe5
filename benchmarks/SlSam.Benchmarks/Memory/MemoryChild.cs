using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SlSam.Benchmarks.Drawing;
using SlSam.Benchmarks.Model;
using SlSam.Benchmarks.Timing;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Benchmarks.Memory;

/// <summary>Measures the memory of one method in a process of its own, which gives large blocks back as soon as they are freed.</summary>
internal static class MemoryChild
{
    /// <summary>The command with which the program measures in its own process: this, the method's name and the shape.</summary>
    public const string Command = "measure-memory";

    /// <summary>
    /// Draws that together make every layer active, each of which has the same probability as the others; and last the draw of the first layers, whose step
    /// goes through the whole network.
    /// </summary>
    private static readonly double[] s_draws = [0.1, 0.3, 0.5, 0.7, 0.9, 0];

    /// <summary>For methods that draw nothing: all steps are the same.</summary>
    private static readonly double[] s_same = [0, 0];

    /// <summary>Masks that need no data: the memory does not depend on which entries are trained.</summary>
    private static readonly PlainOptions s_masked = new() { Sparse = new SparseOptions { Metric = SalienceMetric.Magnitude, Density = 0.005 } };

    private static readonly Dictionary<string, Func<EncoderShape, IEnumerable<long>>> s_methods = new()
    {
        ["adamw"] = shape => Peaks(shape, new PlainOptions(), s_same),
        ["sam"] = shape => Peaks(shape, new SamOptions(), s_same),
        ["slsam"] = shape => Peaks(shape, Methods.Windowed(), s_draws),
        ["slsam-half"] = shape => Peaks(shape, Methods.Windowed() with { AscentFraction = 0.5 }, s_draws),
        ["state-adamw"] = shape => State(shape, each => new Encoder(each), model => new EncoderSlSam(model, new PlainOptions(), UpdateRule.AdamW())),
        ["state-speft"] = shape => State(shape, each => new MaskedEncoder(each), model => new MaskedEncoderSlSam(model, s_masked, UpdateRule.AdamW())),
    };

    /// <summary>Measures in a process of its own.</summary>
    /// <returns>Bytes above what the process held before there was a model, one for each of its counted steps; of a state, one.</returns>
    /// <exception cref="InvalidOperationException">The process failed; the message says what it said.</exception>
    public static long[] Measure(string method, EncoderShape shape)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["MALLOC_ARENA_MAX"] = "1",
                ["MALLOC_MMAP_THRESHOLD_"] = "65536",
                ["MALLOC_TRIM_THRESHOLD_"] = "65536",
                ["DOTNET_gcConcurrent"] = "0",
            },
        };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "SlSam.Benchmarks.dll"));
        foreach (var argument in new[] { Command, method, JsonSerializer.Serialize(shape, ShapeJson.Default.EncoderShape) })
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => long.Parse(line, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"The process that measures the memory of {method} ended with {process.ExitCode}: {error.Result.Trim()}");
    }

    /// <summary>Measures in this process.</summary>
    public static void Run(string method, string shape)
    {
        var wanted = JsonSerializer.Deserialize(shape, ShapeJson.Default.EncoderShape)!;
        set_num_threads(wanted.Threads);
        foreach (var bytes in s_methods[method](wanted))
            Console.WriteLine(bytes.ToString(CultureInfo.InvariantCulture));
    }

    private static IEnumerable<long> Peaks(EncoderShape shape, SharpnessOptions options, double[] draws)
    {
        WarmUp(shape, options);
        var before = shape.IsCuda ? ProcessMemory.OnGpu : ProcessMemory.Resident;
        using var step = new OurStep(shape, options);
        foreach (var draw in draws)
            step.Step(draw);
        foreach (var draw in draws)
        {
            ProcessMemory.ForgetPeak();
            step.Step(draw);
            // What libtorch has taken of a GPU it keeps, so that this is the peak of all steps.
            yield return (shape.IsCuda ? ProcessMemory.OnGpu : ProcessMemory.Peak) - before;
        }
    }

    /// <summary>What libtorch and .NET allocate once, whatever the model is: threads, compiled code, the buffers of matrix products.</summary>
    private static void WarmUp(EncoderShape shape, SharpnessOptions options)
    {
        using var step = new OurStep(Small(shape), options);
        foreach (var draw in s_draws)
            step.Step(draw);
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static EncoderShape Small(EncoderShape shape) => shape with { Width = 8 * shape.Heads, Blocks = 1, Vocabulary = 100, Batch = 2 };

    /// <summary>What an optimizer holds between steps, gradients aside.</summary>
    private static IEnumerable<long> State<TModel>(
        EncoderShape shape, Func<EncoderShape, TModel> create, Func<TModel, SharpnessAwareOptimizer> createOptimizer)
        where TModel : nn.Module<Tensor, Tensor>
    {
        Held(Small(shape));
        yield return Held(shape);

        long Held(EncoderShape each)
        {
            using var batch = new TokenBatch(each);
            using var model = create(each);
            var before = ProcessMemory.Allocated;
            using var optimizer = createOptimizer(model);
            for (var step = 0; step < 2; step++)
                optimizer.Step(() => TokenBatch.Loss(model.call(batch.Ids), batch.Labels));
            optimizer.zero_grad();
            return ProcessMemory.Allocated - before;
        }
    }
}
