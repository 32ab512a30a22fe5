using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>The names of tensors in an <c>adapter_model.safetensors</c> of Hugging Face PEFT.</summary>
internal static class PeftAdapterFile
{
    /// <summary>The file's name in an adapter's folder.</summary>
    public const string FileName = "adapter_model.safetensors";

    private const string Prefix = "base_model.model.";
    private const string MatrixA = ".lora_A.weight", MatrixB = ".lora_B.weight", EmbeddingA = ".lora_embedding_A", EmbeddingB = ".lora_embedding_B";

    /// <summary>The names of an adapter's factors.</summary>
    /// <param name="path">The path of the adapted layer.</param>
    /// <param name="layer">The adapted layer.</param>
    public static (string A, string B) Factors(string path, nn.Module layer) => layer is Embedding
        ? (Prefix + path + EmbeddingA, Prefix + path + EmbeddingB)
        : (Prefix + path + MatrixA, Prefix + path + MatrixB);

    /// <summary>The name of an adapted embedding's own table, which PEFT writes where it may have grown.</summary>
    public static string Table(string path) => $"{Prefix}{path}.base_layer.weight";

    /// <summary>The name of a parameter or buffer of a module that is trained as a whole.</summary>
    public static string Whole(string path, string name) => $"{Prefix}{path}.{name}";

    /// <summary>The paths of the layers that a file has factors for.</summary>
    public static HashSet<string> AdaptedPaths(SafetensorsFile file)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in file.Entries)
        {
            foreach (var suffix in new[] { MatrixA, MatrixB, EmbeddingA, EmbeddingB })
            {
                if (entry.Name.StartsWith(Prefix, StringComparison.Ordinal) && entry.Name.EndsWith(suffix, StringComparison.Ordinal)
                    && entry.Name.Length > Prefix.Length + suffix.Length)
                {
                    paths.Add(entry.Name[Prefix.Length..^suffix.Length]);
                }
            }
        }

        return paths;
    }
}
