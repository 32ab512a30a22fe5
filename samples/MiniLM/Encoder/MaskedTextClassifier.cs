using SlSam;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MiniLM.Encoder;

/// <summary>
/// A <see cref="TextClassifier"/> that is trained through salience masks: of the blocks' matrices only the most salient entries, and the classifier whole.
/// </summary>
[SamModel]
public sealed partial class MaskedTextClassifier : nn.Module<Tensor, Tensor, Tensor>
{
    [SamLayer(Stage = 0, Frozen = true)]
    private readonly TokenEmbeddings embeddings;

    [SamLayer(Stage = 1)]
    [SparseDelta]
    private readonly ModuleList<EncoderBlock> blocks;

    [SamLayer(Stage = 3)]
    private readonly Linear classifier;

    /// <summary>A classifier of the given dimensions, with random weights.</summary>
    public MaskedTextClassifier(EncoderConfiguration configuration) : base(nameof(MaskedTextClassifier))
    {
        embeddings = new TokenEmbeddings(configuration);
        blocks = nn.ModuleList(Enumerable.Range(0, configuration.Blocks).Select(_ => new EncoderBlock(configuration)).ToArray());
        classifier = nn.Linear(configuration.HiddenSize, 2);
        RegisterComponents();
    }

    [SamStage(2)]
    private static Tensor MeanOfTokens(Tensor hidden, Tensor mask) => TextClassifier.MeanOfTokens(hidden, mask);
}
