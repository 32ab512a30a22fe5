using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using MiniLM.Tests;

namespace Gallery.Tests;

/// <summary>Every sample, run as its command runs it, for a few steps and without network.</summary>
[Collection("console")]
public sealed class CommandTests
{
    [Fact]
    public void Images()
    {
        using var folder = new TemporaryFolder();
        FashionFiles.Write(folder.Path, images: 40);

        var report = Path.Combine(folder.Path, "report.html");

        var output = Run("ImageClassification", "--steps", "4", "--data", folder.Path, "--report", report, "--tensorboard", Path.Combine(folder.Path, "board"));

        Assert.Matches(@"(?m)^AdamW +\d+\.\d+ % ", output);
        Assert.Matches(@"(?m)^SAM .* 2\.00 *$", output);
        Assert.Matches(@"(?m)^SL-SAM, half-batch ascent +\d+\.\d+ % ", output);
        AssertReport(report, "SL-SAM and AdamW");
        Assert.Equal(["AdamW", "SAM", "SL-SAM", "SL-SAM, half-batch ascent"], Directory.GetDirectories(Path.Combine(folder.Path, "board")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Stories()
    {
        using var folder = new TemporaryFolder();
        var model = Path.Combine(folder.Path, "small.bin");
        SmallLlama.Write(model, seed: 3);
        var texts = folder.Write("texts.txt", string.Join('\n', Enumerable.Range(0, 90).Select(i => $"the story of {i} and the thing")));

        var output = Run("TinyLlama", "--steps", "40", "--model", model, "--texts", texts, "--prompt", "the story", "--report", Path.Combine(folder.Path, "report.html"));

        var losses = Regex.Matches(output, @"(?:Before|After): (\d+\.\d+) nats").Select(each => double.Parse(each.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(2, losses.Count);
        Assert.True(losses[1] < losses[0] - 0.1, output);
        Assert.Equal(2, Regex.Matches(output, @"(?m)^  the story").Count);
        Assert.Contains("Writing: 60 of 60", output);
        AssertReport(Path.Combine(folder.Path, "report.html"), "SL-SAM");
    }

    [Fact]
    public void Adapters()
    {
        using var folder = new TemporaryFolder();

        var output = Run("AdapterFineTuning", "--steps", "3", "--offline", "--output", folder.Path, "--report", Path.Combine(folder.Path, "report.html"));

        Assert.Matches(@"(?m)^LoRA with nBAR +\d+\.\d %", output);
        Assert.True(File.Exists(Path.Combine(folder.Path, "lora-nbar", "adapter_model.safetensors")));
        AssertReport(Path.Combine(folder.Path, "report.html"), "LoRA with nBAR and LoRA");
    }

    [Fact]
    public void Masks()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "delta.safetensors");

        var output = Run("SparseFineTuning", "--steps", "3", "--offline", "--output", file, "--report", Path.Combine(folder.Path, "report.html"));

        Assert.Contains("after 3 steps", output);
        Assert.Contains("Scoring weights: 128 of 128", output);
        AssertReport(Path.Combine(folder.Path, "report.html"), "SPEFT");
        using var delta = SlSam.SparseDelta.Load(file);
        Assert.True(delta.Count > 500);
    }

    [Fact]
    public void What_is_out_of_range_is_refused_and_what_goes_wrong_is_said_in_plain_words()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("--steps is '0'; valid is a whole number from 1 to 3000", Run("SparseFineTuning", 1, "--steps", "0"));
        Assert.StartsWith(
            "Error: ", Run("TinyLlama", 1, "--model", folder.Write("model.bin", "no model"), "--texts", folder.Write("texts.txt", "one"), "--no-report"));
    }

    private static void AssertReport(string path, string title)
    {
        if (SlSam.Reporting.HtmlReport.IsAvailable)
        {
            Assert.Contains($"<title>{title}</title>", File.ReadAllText(path));
        }
    }

    private static string Run(string program, params string[] arguments) => Run(program, 0, arguments);

    private static string Run(string program, int exitCode, params string[] arguments)
    {
        var (before, errors) = (Console.Out, Console.Error);
        using var cache = new TemporaryFolder();
        using var output = new StringWriter();
        Environment.SetEnvironmentVariable("SLSAM_CACHE", cache.Path);
        Console.SetOut(output);
        Console.SetError(output);
        try
        {
            Assert.Equal(exitCode, Assembly.Load(program).EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null));
        }
        finally
        {
            Console.SetOut(before);
            Console.SetError(errors);
            Environment.SetEnvironmentVariable("SLSAM_CACHE", null);
        }

        return output.ToString();
    }
}
