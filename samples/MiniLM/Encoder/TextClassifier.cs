using SlSam;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MiniLM.Encoder;

/// <summary>
/// A BERT encoder with a classifier on the mean of its last hidden states: token ids [batch, sequence] and an attention mask
/// [batch, 1, 1, sequence] to logits [batch, 2], of a negative and of a positive text.
/// </summary>
/// <remarks>
/// The mask is additive: 0 for a token, a large negative number for padding (see <see cref="Texts.TextBatch"/>).
/// The stages say in which order layers run; the forward pass and the optimizer TextClassifierSlSam are written by the compiler.
/// </remarks>
[SamModel]
public sealed partial class TextClassifier : nn.Module<Tensor, Tensor, Tensor>
{
    [SamLayer(Stage = 0)]
    private readonly TokenEmbeddings embeddings;

    [SamLayer(Stage = 1)]
    private readonly ModuleList<EncoderBlock> blocks;

    [SamLayer(Stage = 3)]
    private readonly Linear classifier;

    /// <summary>A classifier of the given dimensions, with random weights.</summary>
    public TextClassifier(EncoderConfiguration configuration) : base(nameof(TextClassifier))
    {
        embeddings = new TokenEmbeddings(configuration);
        blocks = nn.ModuleList(Enumerable.Range(0, configuration.Blocks).Select(_ => new EncoderBlock(configuration)).ToArray());
        classifier = nn.Linear(configuration.HiddenSize, 2);
        RegisterComponents();
    }

    /// <summary>A text's meaning as one vector: what the classifier sees, and what the encoder was pretrained to give.</summary>
    /// <returns>Vectors [batch, hidden], not normalized.</returns>
    public Tensor EmbedSentences(Tensor tokenIds, Tensor mask) => ForwardTo(StageCount - 1, tokenIds, mask);

    /// <summary>The mean of the hidden states [batch, sequence, hidden] of each text's tokens: [batch, hidden].</summary>
    [SamStage(2)]
    public static Tensor MeanOfTokens(Tensor hidden, Tensor mask)
    {
        using var scope = NewDisposeScope();
        var isToken = mask.exp().reshape(hidden.shape[0], 1, hidden.shape[1]);
        return (isToken.bmm(hidden).squeeze(1) / isToken.sum(2)).MoveToOuterDisposeScope();
    }
}
