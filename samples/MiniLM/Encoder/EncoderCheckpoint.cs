using System.Globalization;
using MiniLM.Assets;
using MiniLM.Terminal;
using MiniLM.Texts;
using MiniLM.Tokenization;
using TorchSharp;
using static TorchSharp.torch;

namespace MiniLM.Encoder;

/// <summary>What fine-tuning starts from: an encoder's dimensions, its tokenizer, and where its weights come from.</summary>
public sealed class EncoderCheckpoint
{
    /// <summary>BERT's own initialization: embeddings as wide as TorchSharp draws them would take many more steps to move.</summary>
    private const double InitialDeviation = 0.02;

    private readonly Action<nn.Module> _fill;

    private EncoderCheckpoint(EncoderConfiguration configuration, WordPieceTokenizer tokenizer, Action<nn.Module> fill)
    {
        Configuration = configuration;
        Tokenizer = tokenizer;
        _fill = fill;
    }

    /// <summary>The encoder's dimensions.</summary>
    public EncoderConfiguration Configuration { get; }

    /// <summary>Cuts texts into the encoder's tokens.</summary>
    public WordPieceTokenizer Tokenizer { get; }

    /// <summary>all-MiniLM-L6-v2, from assets that are in the cache.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, or the encoder does not say what it should.</exception>
    public static EncoderCheckpoint Pretrained(AssetCache cache, IDisplay display)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(display);
        var configuration = EncoderConfiguration.Load(cache.PathOf(AssetCatalog.EncoderConfiguration));
        var tokenizer = new WordPieceTokenizer(Vocabulary.Load(cache.PathOf(AssetCatalog.Tokenizer)));
        if (tokenizer.Vocabulary.Count != configuration.VocabularySize)
            throw new InvalidDataException(
                $"The tokenizer has {tokenizer.Vocabulary.Count} tokens, the encoder {configuration.VocabularySize}.");
        string weights = cache.PathOf(AssetCatalog.EncoderWeights);
        var checkpoint = new EncoderCheckpoint(configuration, tokenizer, model => PretrainedEncoder.LoadInto(model, weights));
        checkpoint.Check(display);
        return checkpoint;
    }

    /// <summary>A small encoder with random weights that knows every word of the given texts: needs nothing from outside.</summary>
    public static EncoderCheckpoint Random(IEnumerable<LabelledText> texts)
    {
        var words = texts.SelectMany(text => BasicTokenizer.Words(text.Text)).Distinct().Order(StringComparer.Ordinal);
        var tokenizer = new WordPieceTokenizer(Vocabulary.Of(new[] { "[PAD]", "[UNK]", "[CLS]", "[SEP]" }.Concat(words)));
        var configuration = new EncoderConfiguration
        {
            VocabularySize = tokenizer.Vocabulary.Count,
            HiddenSize = 64,
            Blocks = 4,
            Heads = 4,
            IntermediateSize = 128,
            MaximumPositions = 512,
        };
        return new EncoderCheckpoint(configuration, tokenizer, model =>
        {
            foreach (var (_, weight) in model.named_parameters().Where(named => named.parameter.dim() > 1))
                nn.init.normal_(weight, std: InitialDeviation);
        });
    }

    /// <summary>A model before fine-tuning, the same one for the same seed, which decides the weights that the checkpoint does not have.</summary>
    public TextClassifier CreateModel(int seed, Device device) => CreateModel(configuration => new TextClassifier(configuration), seed, device);

    /// <summary>Another model with the same components, as <see cref="CreateModel(int, Device)"/> makes it.</summary>
    public T CreateModel<T>(Func<EncoderConfiguration, T> create, int seed, Device device) where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(create);
        manual_seed(seed);
        var model = create(Configuration);
        _fill(model);
        return model.to(device);
    }

    /// <summary>A tokenizer, a weight or an operator gone wrong shows here, before anything is trained.</summary>
    private void Check(IDisplay display)
    {
        using var model = CreateModel(seed: 0, CPU);
        var similarities = SentenceCheck.Measure(model, Tokenizer, CPU);
        foreach (var similarity in similarities)
            display.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"cos('{similarity.First}', '{similarity.Second}') = {similarity.Cosine:0.0000}, expected {similarity.Expected:0.0000}"));
        if (!similarities.All(similarity => similarity.IsRight))
            throw new InvalidDataException(
                $"The encoder does not say what it should (to {SentenceCheck.Tolerance}), so nothing is trained: "
                + "its file, the tokenizer or an operator is at fault.");
    }
}
