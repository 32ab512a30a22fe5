using static TorchSharp.torch;

namespace SlSam.Benchmarks.Model;

/// <summary>What is measured: the sizes of an encoder and of a batch, and where and in which type it computes.</summary>
/// <param name="Name">What the model is called in tables.</param>
/// <param name="Vocabulary">How many tokens there are.</param>
/// <param name="Width">The width of a token's representation.</param>
/// <param name="Heads">How many attention heads share it.</param>
/// <param name="Blocks">How many blocks follow one another.</param>
/// <param name="Batch">How many sequences a batch has.</param>
/// <param name="Length">How many tokens a sequence has.</param>
internal sealed record EncoderShape(string Name, int Vocabulary, int Width, int Heads, int Blocks, int Batch, int Length)
{
    /// <summary>How many classes the encoder tells apart.</summary>
    public const int Classes = 2;

    /// <summary>How many parameters a block has.</summary>
    public const int TensorsPerBlock = 16;

    /// <summary>The threads that libtorch may use, here and in every worker.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>cpu or cuda.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>float32 or bfloat16, as PyTorch calls them.</summary>
    public string Type { get; init; } = "float32";

    /// <summary>Layers in the order of the model: the embedding, the blocks, the classifier.</summary>
    public int Arms => Blocks + 2;

    /// <summary>Parameters in the order of the model.</summary>
    public int Tensors => 1 + TensorsPerBlock * Blocks + 2;

    /// <summary>How many numbers are trained.</summary>
    public long Parameters => (long)Vocabulary * Width + (long)Blocks * ((12L * Width * Width) + (13L * Width)) + (Classes * (Width + 1L));

    public bool IsCuda => Device == "cuda";

    public ScalarType ScalarType => Type == "bfloat16" ? ScalarType.BFloat16 : ScalarType.Float32;

    /// <summary>Encoders by name.</summary>
    public static IReadOnlyDictionary<string, EncoderShape> Presets { get; } = new EncoderShape[]
    {
        new("encoder", Vocabulary: 1000, Width: 256, Heads: 8, Blocks: 12, Batch: 16, Length: 64),
        new("minilm", Vocabulary: 30522, Width: 384, Heads: 12, Blocks: 6, Batch: 8, Length: 128),
        new("large", Vocabulary: 30522, Width: 1024, Heads: 16, Blocks: 24, Batch: 64, Length: 128),
    }.ToDictionary(shape => shape.Name);

    public override string ToString() => FormattableString.Invariant(
        $"{Name}: {Blocks} blocks of width {Width}, {Parameters / 1e6:F1} million parameters, batch {Batch} x {Length}, {Type} on {Device}, {ThreadCount}");

    private string ThreadCount => Threads == 1 ? "one thread" : $"{Threads} threads";
}
