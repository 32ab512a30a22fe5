using System.CommandLine;
using System.Globalization;
using MiniLM.CommandLine;
using SentimentFineTuning.Training;

namespace SentimentFineTuning.CommandLine;

/// <summary>The program's options, their ranges and defaults.</summary>
internal static class DemoCommand
{
    private const int DefaultBatchSize = 16;
    /// <summary>What the display is made for before the rest is understood.</summary>
    internal const string Json = "--json";

    private static readonly string[] MethodNames = ["slsam", "sam", "adamw"];
    private static readonly string[] ComparisonNames = ["none", "adamw", "all"];

    /// <summary>The root command; it hands what was asked for to <paramref name="run"/>.</summary>
    internal static RootCommand Create(Func<DemoOptions, CancellationToken, Task<int>> run)
    {
        var method = RangedOption.Choice("--method", "How to fine-tune: SL-SAM, SAM, or AdamW alone.", "slsam", MethodNames);
        var compare = RangedOption.Choice(
            "--compare", "What else gets the same budget: nothing (AdamW is then only timed, for the ratio), AdamW, or all methods.",
            "adamw", ComparisonNames);
        var steps = RangedOption.Whole("--steps", "How many steps to train.", 1, 100_000, "150");
        var examples = RangedOption.Whole("--examples", "How many held-out reviews to measure with, an even number.", 2, 20_000, "600; 200 offline");
        examples.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.Tokens.Count == 0)
                return;
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int count) && count % 2 != 0)
                result.AddError($"--examples is {count}, but half of the held-out reviews are positive: it must be even.");
        });
        var sequenceLength = RangedOption.Whole("--sequence-length", "How many tokens of a review to read: its beginning and its end.", 4, 512, "64; 32 offline");
        var batchSize = RangedOption.Whole("--batch-size", "How many reviews make a step.", 1, 1024, "16");
        var sparsity = RangedOption.Fraction("--sparsity", "The share of layers that SL-SAM trains in a step, on average.", 0, 1, "0.3");
        var rho = RangedOption.Fraction("--rho", "The radius in which SL-SAM and SAM look for the worst loss.", 0, 10, "0.05; 0.01 offline");
        var learningRate = RangedOption.Fraction(
            "--learning-rate", "The peak learning rate of the encoder; the classifier's is 30 times as high, offline 10 times.",
            0, 1, "1e-4; 2e-3 offline");
        var seed = RangedOption.Whole(
            "--seed", "The seed of the split, of the classifier's first weights and of the layers sampled.", 0, int.MaxValue, "1");
        var device = RangedOption.Choice("--device", "Where to compute.", "cpu", "cpu", "cuda");
        var threads = RangedOption.Whole("--threads", "How many threads compute on the CPU.", 1, 1024, "as libtorch chooses");
        var workers = RangedOption.Whole(
            "--workers", "How many processes train together on this machine, each on its part of every batch.", 1, 64, "1");
        workers.Validators.Add(result =>
        {
            int size = result.GetValue(batchSize) ?? DefaultBatchSize;
            if (!result.Errors.Any() && result.Tokens.Count > 0
                && int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int count) && count > size)
                result.AddError($"--workers is {count}, but a batch has {size} reviews, and each worker needs one at least.");
        });
        var recording = new RecordingOptions("report.html");
        var json = new Option<bool>(Json) { Description = "Write a JSON object on each line, for another program." };
        var offline = new Option<bool>("--offline")
        {
            Description = "Train a small encoder on reviews that the program makes itself; needs no network.",
        };

        var command = new RootCommand(
            "Fine-tunes a pretrained sentence encoder to tell good film reviews from bad ones, with a compiled SL-SAM optimizer.")
        {
            method, compare, steps, examples, sequenceLength, batchSize, sparsity, rho, learningRate, seed, device, threads, workers,
        };
        recording.AddTo(command);
        command.Add(offline);
        command.Add(json);
        command.SetAction((parsed, cancellation) =>
        {
            bool isOffline = parsed.GetValue(offline);
            var options = new DemoOptions
            {
                Method = (FineTuningMethod)Array.IndexOf(MethodNames, parsed.GetValue(method)),
                Compare = (Comparison)Array.IndexOf(ComparisonNames, parsed.GetValue(compare)),
                Examples = parsed.GetValue(examples) ?? (isOffline ? 200 : 600),
                SequenceLength = parsed.GetValue(sequenceLength) ?? (isOffline ? 32 : 64),
                Device = parsed.GetValue(device)!,
                Threads = parsed.GetValue(threads),
                Workers = parsed.GetValue(workers) ?? 1,
                Recording = recording.Read(parsed),
                Offline = isOffline,
                Training = new TrainingSettings
                {
                    Steps = parsed.GetValue(steps) ?? 150,
                    BatchSize = parsed.GetValue(batchSize) ?? DefaultBatchSize,
                    LearningRate = parsed.GetValue(learningRate) ?? (isOffline ? 2e-3 : 1e-4),
                    ClassifierFactor = isOffline ? 10 : 30,
                    Rho = parsed.GetValue(rho) ?? (isOffline ? 0.01 : 0.05),
                    Sparsity = parsed.GetValue(sparsity) ?? 0.3,
                    Seed = parsed.GetValue(seed) ?? 1,
                },
            };
            return run(options, cancellation);
        });
        return command;
    }
}
