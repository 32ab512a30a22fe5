using System.Text.Json;
using MiniLM.Tests;
using MiniLM.Tests.Python;
using TinyLlama;
using static TorchSharp.torch;

namespace Gallery.Tests;

/// <summary>The small Llama and its tokenizer against an implementation in PyTorch that shares nothing with them.</summary>
public sealed class TinyLlamaTests
{
    [SkippableTheory]
    [InlineData("the story and the thing")]
    [InlineData("Storytelling, é… and ☃ 日本")]
    [InlineData("a")]
    public void Tokens_and_logits_are_those_of_pytorch(string text)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "small.bin");
        SmallLlama.Write(path, seed: 3);
        using var expected = JsonDocument.Parse(DebianPython.Run("llama.py", "torch", path, text));

        using var scope = NewDisposeScope();
        var (model, tokenizer) = LlamaFile.Load(path);
        var tokens = tokenizer.Encode(text);
        var logits = model.call(tensor(tokens.Prepend(StoryTokenizer.Begin).Select(id => (long)id).ToArray(), [1, tokens.Count + 1])).select(1, tokens.Count);

        Assert.Equal(expected.RootElement.GetProperty("tokens").EnumerateArray().Select(each => each.GetInt32()), tokens);
        var reference = tensor(expected.RootElement.GetProperty("logits").EnumerateArray().Select(each => each.GetSingle()).ToArray());
        Assert.True(logits.view(-1).allclose(reference, rtol: 1e-4, atol: 1e-5), $"{logits} {reference}");
        Assert.Equal(text, tokenizer.Decode(tokens));
    }

    [Fact]
    public void A_file_that_ends_early_or_is_something_else_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "small.bin");
        SmallLlama.Write(path, seed: 3);
        var whole = File.ReadAllBytes(path);
        foreach (var length in new[] { 0, 27, 28, 1000, whole.Length - 300, whole.Length - 1 })
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<InvalidDataException>(() => LlamaFile.Load(path));
        }

        File.WriteAllText(path, new string('x', 5000));
        Assert.Throws<InvalidDataException>(() => LlamaFile.Load(path));
    }
}
