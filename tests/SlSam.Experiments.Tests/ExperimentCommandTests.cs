using SlSam.Experiments.CommandLine;
using SlSam.Experiments.Data;
using SlSam.Experiments.Methods;

namespace SlSam.Experiments.Tests;

public sealed class ExperimentCommandTests
{
    [Fact]
    public void Without_options_everything_is_run_and_the_page_of_the_documentation_is_written()
    {
        var options = Parse("")!;

        Assert.Equal(ExperimentSettings.Full, options.Settings);
        Assert.Equal(MethodTable.All.Select(method => method.Name), options.Methods);
        Assert.Equal(DataSource.Real.Select(source => source.Name), options.Data);
        Assert.Equal(("artifacts/experiment", "docs/results.md", "./build.sh experiment"), (options.Records, options.Output, options.Command));
        Assert.False(options.PlanOnly || options.Offline);
    }

    [Theory]
    [InlineData("--quick", "artifacts/experiment/results.md")]
    [InlineData("--offline", "artifacts/experiment/offline/results.md")]
    [InlineData("--data mails --records x", "x/results.md")]
    [InlineData("--methods lora", "artifacts/experiment/results.md")]
    [InlineData("--quick --output y.md", "y.md")]
    [InlineData("--scale 4", "docs/results.md")]
    public void What_is_not_the_full_form_of_everything_does_not_replace_that_page(string arguments, string output) =>
        Assert.Equal(output, Parse(arguments)!.Output);

    [Fact]
    public void Every_option_reaches_the_run()
    {
        var options = Parse("--quick --scale 2.5 --plan --methods lora,sam --data mails --device cuda --threads 3")!;

        Assert.Equal(ExperimentSettings.Quick.Scaled(2.5), options.Settings);
        Assert.Equal(60, options.Settings.Steps);
        Assert.Equal(["sam", "lora"], options.Methods);
        Assert.Equal(["mails"], options.Data);
        Assert.Equal((true, "cuda", (int?)3, "./build.sh experiment --quick --scale 2.5"), (options.PlanOnly, options.Device, options.Threads, options.Command));
    }

    [Theory]
    [InlineData("--methods sgd", "'sgd'", "slsam-windowed")]
    [InlineData("--data enron", "'enron'", "imdb, mails")]
    [InlineData("--scale 0", "--scale", "above 0")]
    [InlineData("--scale NaN", "'NaN'", "1000")]
    [InlineData("--threads none", "'none'", "1 to 1024")]
    [InlineData("--device tpu", "tpu", "cuda")]
    public void What_is_out_of_range_is_refused_with_what_is_valid(string arguments, string first, string second)
    {
        string errors = "";

        Assert.Null(Parse(arguments, message => errors = message));

        Assert.Contains(first, errors, StringComparison.Ordinal);
        Assert.Contains(second, errors, StringComparison.Ordinal);
    }

    private static ExperimentOptions? Parse(string arguments, Action<string>? onError = null)
    {
        ExperimentOptions? parsed = null;
        var command = ExperimentCommand.Create(
            (options, _) =>
            {
                parsed = options;
                return Task.FromResult(0);
            },
            (_, _, _, _) => Task.FromResult(0));
        using var output = new StringWriter();
        using var error = new StringWriter();

        int exitCode = command.Parse(arguments).Invoke(new() { Output = output, Error = error });

        Assert.Equal(parsed is null, exitCode != 0);
        onError?.Invoke(error.ToString());
        return parsed;
    }
}
