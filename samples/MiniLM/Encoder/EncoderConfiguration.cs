using System.Text.Json;

namespace MiniLM.Encoder;

/// <summary>The dimensions of a BERT encoder.</summary>
public sealed record EncoderConfiguration
{
    /// <summary>How many tokens the vocabulary has.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>The width of a token's representation.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>How many blocks follow one another.</summary>
    public required int Blocks { get; init; }

    /// <summary>How many attention heads each block has; they divide the width.</summary>
    public required int Heads { get; init; }

    /// <summary>The width between the two layers of a block's feed-forward part.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>The longest sequence.</summary>
    public required int MaximumPositions { get; init; }

    /// <summary>How many kinds of segments a sequence may have; this program uses the first.</summary>
    public int SegmentTypes { get; init; } = 2;

    /// <summary>Added to the variance in layer normalization.</summary>
    public double LayerNormEpsilon { get; init; } = 1e-12;

    /// <summary>Reads a <c>config.json</c> in Hugging Face's format.</summary>
    /// <exception cref="InvalidDataException">It describes another kind of model.</exception>
    public static EncoderConfiguration Load(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            var root = document.RootElement;
            string type = root.GetProperty("model_type").GetString()!, activation = root.GetProperty("hidden_act").GetString()!;
            if (type != "bert" || activation != "gelu")
                throw new InvalidDataException($"it is a model of type '{type}' with activation '{activation}', not 'bert' with 'gelu'");
            return new EncoderConfiguration
            {
                VocabularySize = root.GetProperty("vocab_size").GetInt32(),
                HiddenSize = root.GetProperty("hidden_size").GetInt32(),
                Blocks = root.GetProperty("num_hidden_layers").GetInt32(),
                Heads = root.GetProperty("num_attention_heads").GetInt32(),
                IntermediateSize = root.GetProperty("intermediate_size").GetInt32(),
                MaximumPositions = root.GetProperty("max_position_embeddings").GetInt32(),
                SegmentTypes = root.GetProperty("type_vocab_size").GetInt32(),
                LayerNormEpsilon = root.GetProperty("layer_norm_eps").GetDouble(),
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or InvalidDataException)
        {
            throw new InvalidDataException($"'{path}' cannot be read as the configuration of an encoder: {exception.Message}", exception);
        }
    }
}
