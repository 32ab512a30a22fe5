using System.Text;
using System.Text.Json;
using MiniLM.Encoder;
using MiniLM.Tokenization;

namespace SlSam.Reliability.Tests.Fuzzing.Targets;

/// <summary>A reader of a JSON text.</summary>
internal abstract class JsonTarget(string fileName, params string[] valid) : FuzzTarget
{
    private readonly string[] _words = [.. valid.SelectMany(MadeUpJson.WordsOf).Distinct()];

    public override int Share => 10;

    public override FuzzInput Generate(Random random) => One(fileName, new MadeUpJson(random, _words).Object());

    protected override IEnumerable<FuzzInput> CreateValid() => valid.Select(text => One(fileName, text));
}

/// <summary>Options of a method.</summary>
internal sealed class OptionsTarget() : JsonTarget(
    "options.json",
    [
        .. new SharpnessOptions[]
        {
            new SlSamOptions { Adaptive = new(), ElementMask = new(), Balancedness = new BarOptions() },
            new LayerWiseSamOptions { Sparse = new() { RescoreEvery = 128 } },
            new UniformOptions(),
            new RandomStepOptions(),
            new SamOptions(),
            new PlainOptions(),
        }.Select(options => options.ToJson()),
    ])
{
    public override string Name => "options";

    public override bool IsDocumented(Exception exception) => exception is JsonException or ArgumentOutOfRangeException;

    public override void Read(FuzzInput input) => SharpnessOptions.FromJson(Encoding.UTF8.GetString(input.Values.Single()));
}

/// <summary>A tokenizer in Hugging Face's format.</summary>
internal sealed class TokenizerTarget() : JsonTarget(
    "tokenizer.json",
    """
    {"version":"1.0","normalizer":{"type":"BertNormalizer","lowercase":true},"model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",
    "max_input_chars_per_word":100,"vocab":{"[PAD]":0,"[UNK]":1,"[CLS]":2,"[SEP]":3,"happy":4,"##ness":5,"a":6}}}
    """)
{
    public override string Name => "tokenizer";

    public override void Read(FuzzInput input)
    {
        var tokenizer = new WordPieceTokenizer(Vocabulary.Load(Write(input)));
        tokenizer.Encode("Happiness \u00e9\ud800 \u4e2d, a happyness!", 16);
    }
}

/// <summary>The configuration of an encoder in Hugging Face's format.</summary>
internal sealed class EncoderConfigurationTarget() : JsonTarget(
    "config.json",
    """
    {"model_type":"bert","hidden_act":"gelu","vocab_size":30522,"hidden_size":384,"num_hidden_layers":6,"num_attention_heads":12,"intermediate_size":1536,
    "max_position_embeddings":512,"type_vocab_size":2,"layer_norm_eps":1e-12}
    """)
{
    public override string Name => "encoder configuration";

    public override int Share => 5;

    public override void Read(FuzzInput input) => EncoderConfiguration.Load(Write(input));
}
