using System.CommandLine;
using System.Globalization;
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
        var method = Choice("--method", "How to fine-tune: SL-SAM, SAM, or AdamW alone.", "slsam", MethodNames);
        var compare = Choice(
            "--compare", "What else gets the same budget: nothing (AdamW is then only timed, for the ratio), AdamW, or all methods.",
            "adamw", ComparisonNames);
        var steps = Number("--steps", "How many steps to train.", 1, 100_000, "150");
        var examples = Number("--examples", "How many held-out reviews to measure with, an even number.", 2, 20_000, "600; 200 offline");
        examples.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.Tokens.Count == 0)
                return;
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int count) && count % 2 != 0)
                result.AddError($"--examples is {count}, but half of the held-out reviews are positive: it must be even.");
        });
        var sequenceLength = Number("--sequence-length", "How many tokens of a review to read: its beginning and its end.", 4, 512, "64; 32 offline");
        var batchSize = Number("--batch-size", "How many reviews make a step.", 1, 1024, "16");
        var sparsity = Fraction("--sparsity", "The share of layers that SL-SAM trains in a step, on average.", 0, 1, "0.3");
        var rho = Fraction("--rho", "The radius in which SL-SAM and SAM look for the worst loss.", 0, 10, "0.05; 0.01 offline");
        var learningRate = Fraction(
            "--learning-rate", "The peak learning rate of the encoder; the classifier's is 30 times as high, offline 10 times.",
            0, 1, "1e-4; 2e-3 offline");
        var seed = Number(
            "--seed", "The seed of the split, of the classifier's first weights and of the layers sampled.", 0, int.MaxValue, "1");
        var device = Choice("--device", "Where to compute.", "cpu", "cpu", "cuda");
        var threads = Number("--threads", "How many threads compute on the CPU.", 1, 1024, "as libtorch chooses");
        var workers = Number(
            "--workers", "How many processes train together on this machine, each on its part of every batch.", 1, 64, "1");
        workers.Validators.Add(result =>
        {
            int size = result.GetValue(batchSize) ?? DefaultBatchSize;
            if (!result.Errors.Any() && result.Tokens.Count > 0
                && int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int count) && count > size)
                result.AddError($"--workers is {count}, but a batch has {size} reviews, and each worker needs one at least.");
        });
        var report = new Option<string>("--report")
        {
            Description = "The HTML file that shows the run, and AdamW's beside it where both are trained.",
            HelpName = "file",
            DefaultValueFactory = _ => "report.html",
        };
        var noReport = new Option<bool>("--no-report") { Description = "Write no report." };
        var tensorBoard = new Option<string?>("--tensorboard")
        {
            Description = "A folder for event files that TensorBoard shows while the training goes on. [default: none]",
            HelpName = "folder",
        };
        var json = new Option<bool>(Json) { Description = "Write a JSON object on each line, for another program." };
        var offline = new Option<bool>("--offline")
        {
            Description = "Train a small encoder on reviews that the program makes itself; needs no network.",
        };

        var command = new RootCommand(
            "Fine-tunes a pretrained sentence encoder to tell good film reviews from bad ones, with a compiled SL-SAM optimizer.")
        {
            method, compare, steps, examples, sequenceLength, batchSize, sparsity, rho, learningRate, seed, device, threads, workers, report, noReport, tensorBoard, offline, json,
        };
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
                Report = parsed.GetValue(noReport) ? null : parsed.GetValue(report),
                TensorBoard = parsed.GetValue(tensorBoard),
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

    private static Option<string> Choice(string name, string description, string otherwise, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => otherwise };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static Option<int?> Number(string name, string description, int least, int most, string otherwise) => new(name)
    {
        Description = $"{description} [{least} to {most}; default: {otherwise}]",
        HelpName = "number",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
                return value;
            result.AddError($"{name} is '{text}'; valid is a whole number from {least} to {most}.");
            return null;
        },
    };

    /// <summary>A number above <paramref name="above"/> and up to <paramref name="most"/>.</summary>
    private static Option<double?> Fraction(string name, string description, double above, double most, string otherwise) => new(name)
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"{description} [above {above}, at most {most}; default: {otherwise}]"),
        HelpName = "number",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                && value > above && value <= most)
                return value;
            result.AddError(
                string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}'; valid is a number above {above} and at most {most}."));
            return null;
        },
    };
}
