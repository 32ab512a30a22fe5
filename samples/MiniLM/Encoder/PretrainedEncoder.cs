using SlSam;
using static TorchSharp.torch;

namespace MiniLM.Encoder;

/// <summary>Loads the weights of a BERT encoder under Hugging Face's names into a <see cref="TextClassifier"/>, or a model with the same components.</summary>
public static class PretrainedEncoder
{
    /// <summary>Parts of names in this program, and what stands for them in the file.</summary>
    private static readonly (string Here, string InFile)[] Names =
    [
        ("embeddings.words.", "embeddings.word_embeddings."),
        ("embeddings.positions.", "embeddings.position_embeddings."),
        ("embeddings.segments.", "embeddings.token_type_embeddings."),
        ("embeddings.norm.", "embeddings.LayerNorm."),
        ("attention.query.", "attention.self.query."),
        ("attention.key.", "attention.self.key."),
        ("attention.value.", "attention.self.value."),
        ("attention.output.", "attention.output.dense."),
        ("attentionNorm.", "attention.output.LayerNorm."),
        ("intermediate.", "intermediate.dense."),
        ("output.", "output.dense."),
        ("outputNorm.", "output.LayerNorm."),
    ];

    /// <summary>Fills everything but the classifier, which stays as it was initialized.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, lacks weights, or holds those of another architecture.</exception>
    public static void LoadInto(nn.Module model, string path)
    {
        using var file = SafetensorsFile.Open(path);
        var result = file.LoadInto(model, NameInFile, strict: false);
        if (result.Missing.Count > 0)
            throw new InvalidDataException($"'{path}' lacks the weights of {string.Join(", ", result.Missing)}.");
        var unknown = result.Unused.Where(
            name => name != "embeddings.position_ids" && !name.StartsWith("pooler.", StringComparison.Ordinal));
        if (unknown.Any())
            throw new InvalidDataException($"'{path}' has weights that this encoder does not: {string.Join(", ", unknown)}.");
    }

    private static string? NameInFile(string name)
    {
        if (name.StartsWith("classifier.", StringComparison.Ordinal))
            return null;
        const string block = "blocks.";
        if (!name.StartsWith(block, StringComparison.Ordinal))
            return Renamed(name);
        int end = name.IndexOf('.', block.Length) + 1;
        return $"encoder.layer.{name[block.Length..end]}{Renamed(name[end..])}";
    }

    private static string Renamed(string name)
    {
        foreach (var (here, inFile) in Names)
            if (name.StartsWith(here, StringComparison.Ordinal))
                return inFile + name[here.Length..];
        throw new InvalidOperationException($"'{name}' has no name in Hugging Face's layout.");
    }
}
