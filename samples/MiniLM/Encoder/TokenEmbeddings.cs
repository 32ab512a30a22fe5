using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MiniLM.Encoder;

/// <summary>Token ids [batch, sequence] to hidden states [batch, sequence, hidden]: word, position and segment, normalized.</summary>
public sealed class TokenEmbeddings : nn.Module<Tensor, Tensor>
{
    private readonly Embedding words;
    private readonly Embedding positions;
    private readonly Embedding segments;
    private readonly LayerNorm norm;

    /// <summary>Embeddings of the given dimensions.</summary>
    public TokenEmbeddings(EncoderConfiguration configuration) : base(nameof(TokenEmbeddings))
    {
        words = nn.Embedding(configuration.VocabularySize, configuration.HiddenSize);
        positions = nn.Embedding(configuration.MaximumPositions, configuration.HiddenSize);
        segments = nn.Embedding(configuration.SegmentTypes, configuration.HiddenSize);
        norm = nn.LayerNorm(configuration.HiddenSize, configuration.LayerNormEpsilon);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tokenIds)
    {
        using var scope = NewDisposeScope();
        // Positions count from 0 and there is one segment: both are the beginning of their tables, with nothing to look up.
        var place = positions.weight!.narrow(0, 0, tokenIds.shape[1]) + segments.weight!.narrow(0, 0, 1);
        return norm.call(words.call(tokenIds) + place).MoveToOuterDisposeScope();
    }
}
