using System.Diagnostics;
using System.Globalization;
using MiniLM.Encoder;
using MiniLM.Texts;
using SlSam.Experiments.Data;
using SlSam.Experiments.Methods;
using SlSam.Experiments.Records;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Experiments.Costs;

/// <summary>
/// What training by a method takes in memory: the peak of the resident set of a process of its own (VmHWM of /proc/self/status), over the steps,
/// above what the process held before it made the model. So model, gradients, optimizer state and activations count, libraries and texts do not.
/// </summary>
/// <remarks>The process's allocator gives large blocks back as soon as they are freed, so that the peak is that of what is in use.</remarks>
internal static class PeakMemory
{
    /// <summary>The command with which the program measures in its own process.</summary>
    public const string Command = "measure-memory";

    /// <summary>Whether this machine tells the peak.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && File.Exists("/proc/self/clear_refs");

    /// <summary>A hash of what the peak depends on.</summary>
    public static string Fingerprint(Method method, ExperimentSettings settings) => RunKey.Hash(string.Create(
        CultureInfo.InvariantCulture, $"1|{method.Settings}|{settings.BatchSize}|{settings.SequenceLength}|{settings.MemorySteps}"));

    /// <summary>Measures in a process of its own.</summary>
    /// <exception cref="InvalidOperationException">The process failed; the message says what it said.</exception>
    public static async Task<MemoryRecord> MeasureAsync(
        Method method, ExperimentSettings settings, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
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
        foreach (string argument in arguments.Prepend(Command).Prepend(typeof(PeakMemory).Assembly.Location))
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The process that measures memory did not start.");
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        string last = (await output.ConfigureAwait(false)).TrimEnd().Split('\n')[^1];
        return process.ExitCode == 0 && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
            ? new MemoryRecord(method.Name, Fingerprint(method, settings), bytes)
            : throw new InvalidOperationException(
                $"The process that measures the memory of {method.Title} ended with {process.ExitCode}: {(await error.ConfigureAwait(false)).Trim()}");
    }

    /// <summary>Measures in this process: bytes.</summary>
    public static async Task<long> MeasureHereAsync(
        Method method, ExperimentSettings settings, Func<IReadOnlyList<LabelledText>, EncoderCheckpoint> checkpoint, CancellationToken cancellation)
    {
        var texts = await DataSource.Long.ReadAsync("", cancellation).ConfigureAwait(false);
        var data = DataSet.Draw(
            DataSource.Long, texts, checkpoint(texts), settings with { ValidationTexts = 2, TestTexts = 2, Steps = settings.MemorySteps, Seeds = [1] });
        WarmUp();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        long before = Read("VmRSS:");

        using var trainee = method.Create(new TraineeRequest(data, CPU, Seed: 1, method.Grid[0], settings));
        // What loading the weights and scoring took for a moment is no part of training.
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5", cancellation).ConfigureAwait(false);
        foreach (var batch in data.Batches(seed: 1, settings.BatchSize, CPU).Take(settings.MemorySteps))
            using (batch)
                trainee.Step(batch);
        return Read("VmHWM:") - before;
    }

    /// <summary>What libtorch allocates once, whatever is computed: threads, and the matrix product's buffers.</summary>
    private static void WarmUp()
    {
        using var scope = NewDisposeScope();
        rand(512, 512).matmul(rand(512, 512)).sum().ToDouble();
    }

    private static long Read(string field)
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return 1024 * long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
