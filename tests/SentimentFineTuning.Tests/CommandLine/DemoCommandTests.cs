using MiniLM.Training;
using SentimentFineTuning.CommandLine;
using SentimentFineTuning.Training;

namespace SentimentFineTuning.Tests.CommandLine;

public sealed class DemoCommandTests
{
    [Fact]
    public void Without_options_the_pretrained_encoder_is_fine_tuned_with_SLSAM()
    {
        var options = Parse("")!;

        Assert.Equal((FineTuningMethod.SlSam, Comparison.AdamW, false), (options.Method, options.Compare, options.Offline));
        Assert.Equal((150, 16, 64, 600), (options.Training.Steps, options.Training.BatchSize, options.SequenceLength, options.Examples));
        Assert.Equal((1e-4, 0.05, 0.3), (options.Training.LearningRate, options.Training.Rho, options.Training.Sparsity));
    }

    [Fact]
    public void Every_option_reaches_the_run()
    {
        var options = Parse(
            "--method sam --compare all --steps 7 --examples 8 --sequence-length 9 --batch-size 10 --sparsity 0.5 --rho 0.01 "
            + "--learning-rate 3e-5 --seed 11 --device cuda --threads 3 --workers 5 --report a.html --tensorboard board --evaluate-every 25 --offline")!;

        Assert.Equal((FineTuningMethod.Sam, Comparison.All, true), (options.Method, options.Compare, options.Offline));
        Assert.Equal(
            new TrainingSettings { Steps = 7, BatchSize = 10, LearningRate = 3e-5, Rho = 0.01, Sparsity = 0.5, Seed = 11 },
            options.Training);
        Assert.Equal((8, 9, "cuda", (int?)3, 5), (options.Examples, options.SequenceLength, options.Device, options.Threads, options.Workers));
        Assert.Equal(1, Parse("")!.Workers);
        Assert.Equal(new Recording { Report = "a.html", TensorBoard = "board", EvaluateEvery = 25, Settings = options.Recording.Settings }, options.Recording);
        Assert.Equal(("report.html", null, null), (Parse("")!.Recording.Report, Parse("")!.Recording.TensorBoard, Parse("")!.Recording.EvaluateEvery));
        Assert.Null(Parse("--no-report")!.Recording.Report);
    }

    [Theory]
    [InlineData("--method sgd", "slsam", "sgd")]
    [InlineData("--compare both", "adamw", "both")]
    [InlineData("--device tpu", "cuda", "tpu")]
    [InlineData("--steps 0", "--steps", "1 to 100000")]
    [InlineData("--steps many", "--steps", "'many'")]
    [InlineData("--examples 7", "--examples is 7", "even")]
    [InlineData("--sequence-length 513", "--sequence-length", "4 to 512")]
    [InlineData("--sparsity 0", "--sparsity", "above 0 and at most 1")]
    [InlineData("--sparsity 1.5", "--sparsity", "'1.5'")]
    [InlineData("--rho -1", "--rho", "above 0")]
    [InlineData("--rho NaN", "--rho", "'NaN'")]
    [InlineData("--learning-rate 0,1", "--learning-rate", "'0,1'")]
    [InlineData("--seed -1", "--seed", "0 to 2147483647")]
    [InlineData("--threads 0", "--threads", "1 to 1024")]
    [InlineData("--workers 0", "--workers", "1 to 64")]
    [InlineData("--workers 17", "--workers is 17", "16 reviews")]
    [InlineData("--workers 3 --batch-size 2", "--workers is 3", "2 reviews")]
    [InlineData("--evaluate-every -1", "--evaluate-every", "0 to 100000")]
    [InlineData("--colour red", "--colour", "red")]
    public void What_is_out_of_range_is_refused_with_what_is_valid(string arguments, string first, string second)
    {
        string errors = "";

        Assert.Null(Parse(arguments, message => errors = message));

        Assert.Contains(first, errors, StringComparison.Ordinal);
        Assert.Contains(second, errors, StringComparison.Ordinal);
    }

    private static DemoOptions? Parse(string arguments, Action<string>? onError = null)
    {
        DemoOptions? parsed = null;
        var command = DemoCommand.Create((options, _) =>
        {
            parsed = options;
            return Task.FromResult(0);
        });
        using var output = new StringWriter();
        using var error = new StringWriter();

        int exitCode = command.Parse(arguments).Invoke(new() { Output = output, Error = error });

        Assert.Equal(parsed is null, exitCode != 0);
        onError?.Invoke(error.ToString());
        return parsed;
    }
}
