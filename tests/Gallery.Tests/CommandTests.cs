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

        var output = Run("ImageClassification", "--steps", "4", "--data", folder.Path);

        Assert.Matches(@"(?m)^AdamW +\d+\.\d+ % ", output);
        Assert.Matches(@"(?m)^SAM .* 2\.00 *$", output);
        Assert.Matches(@"(?m)^SL-SAM, half-batch ascent +\d+\.\d+ % ", output);
    }

    [Fact]
    public void Stories()
    {
        using var folder = new TemporaryFolder();
        var model = Path.Combine(folder.Path, "small.bin");
        SmallLlama.Write(model, seed: 3);
        var texts = folder.Write("texts.txt", string.Join('\n', Enumerable.Range(0, 90).Select(i => $"the story of {i} and the thing")));

        var output = Run("TinyLlama", "--steps", "40", "--model", model, "--texts", texts, "--prompt", "the story");

        var losses = Regex.Matches(output, @"(?:Before|After): (\d+\.\d+) nats").Select(each => double.Parse(each.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(2, losses.Count);
        Assert.True(losses[1] < losses[0] - 0.1, output);
        Assert.Equal(2, Regex.Matches(output, @"(?m)^  the story").Count);
    }

    [Fact]
    public void Adapters()
    {
        using var folder = new TemporaryFolder();

        var output = Run("AdapterFineTuning", "--steps", "3", "--offline", "--output", folder.Path);

        Assert.Matches(@"(?m)^LoRA with nBAR +\d+\.\d %", output);
        Assert.True(File.Exists(Path.Combine(folder.Path, "lora-nbar", "adapter_model.safetensors")));
    }

    [Fact]
    public void Masks()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "delta.safetensors");

        var output = Run("SparseFineTuning", "--steps", "3", "--offline", "--output", file);

        Assert.Contains("after 3 steps", output);
        using var delta = SlSam.SparseDelta.Load(file);
        Assert.True(delta.Count > 500);
    }

    private static string Run(string program, params string[] arguments)
    {
        var before = Console.Out;
        using var cache = new TemporaryFolder();
        using var output = new StringWriter();
        Environment.SetEnvironmentVariable("SLSAM_CACHE", cache.Path);
        Console.SetOut(output);
        try
        {
            Assert.Equal(0, Assembly.Load(program).EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null));
        }
        finally
        {
            Console.SetOut(before);
            Environment.SetEnvironmentVariable("SLSAM_CACHE", null);
        }

        return output.ToString();
    }
}
