using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TinyLlama;

/// <summary>Reads a model in the format of llama2.c, and the tokenizer that follows it in the same file.</summary>
internal static class LlamaFile
{
    private const int HeaderBytes = 28;

    /// <exception cref="InvalidDataException">The file is something else.</exception>
    public static (Llama Model, StoryTokenizer Tokenizer) Load(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var header = bytes.Length < HeaderBytes ? [] : MemoryMarshal.Cast<byte, int>(bytes.AsSpan(0, HeaderBytes)).ToArray();
        if (header is not [> 0 and < 8192, > 0 and < 65536, > 0 and < 256, > 0 and < 256, > 0, > 0 and < 1_000_000, > 0 and < 65536])
        {
            throw new InvalidDataException($"'{path}' is no model in the format of llama2.c.");
        }

        var configuration = new LlamaConfiguration(header[0], header[1], header[2], header[3], header[5], header[6]);
        var weights = new WeightReader(path, bytes, HeaderBytes);
        var model = new Llama(configuration);
        using (no_grad())
        {
            Fill(model, weights);
        }

        // The angles of the positions, which are computed here.
        weights.Skip(2L * configuration.Length * (configuration.Width / configuration.Heads / 2));
        return (model, StoryTokenizer.Read(bytes.AsSpan(weights.Position), configuration.Vocabulary));
    }

    private static void Fill(Llama model, WeightReader weights)
    {
        weights.Read(model.Tokens.weight!);
        foreach (var weightOf in new Func<LlamaBlock, Tensor>[]
        {
            block => block.attentionNorm.weight, block => block.query.weight!, block => block.key.weight!, block => block.value.weight!, block => block.output.weight!,
            block => block.innerNorm.weight, block => block.gate.weight!, block => block.down.weight!, block => block.up.weight!,
        })
        {
            foreach (var block in model.Blocks)
            {
                weights.Read(weightOf(block));
            }
        }

        weights.Read(model.Norm.weight);
    }

    private sealed class WeightReader(string path, byte[] bytes, int position)
    {
        public int Position { get; private set; } = position;

        public void Read(Tensor weight)
        {
            using var scope = NewDisposeScope();
            var start = Position;
            Skip(weight.numel());
            weight.copy_(tensor(MemoryMarshal.Cast<byte, float>(bytes.AsSpan(start, Position - start)).ToArray()).view(weight.shape));
        }

        public void Skip(long numbers)
        {
            if (4 * numbers > bytes.Length - Position)
            {
                throw new InvalidDataException($"'{path}' ends within the weights, after {bytes.Length} bytes.");
            }

            Position += checked((int)(4 * numbers));
        }
    }
}
