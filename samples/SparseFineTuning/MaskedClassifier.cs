using MiniLM.Encoder;
using SlSam;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SparseFineTuning;

/// <summary>MiniLM's classifier, of whose blocks the most salient entries are trained, and the classifier whole.</summary>
[SamModel]
internal sealed partial class MaskedClassifier : nn.Module<Tensor, Tensor, Tensor>
{
    [SamLayer(Stage = 0, Frozen = true)]
    private readonly TokenEmbeddings embeddings;

    [SamLayer(Stage = 1)]
    [SparseDelta]
    private readonly ModuleList<EncoderBlock> blocks;

    [SamLayer(Stage = 3)]
    private readonly Linear classifier;

    public MaskedClassifier(EncoderConfiguration configuration) : base(nameof(MaskedClassifier))
    {
        embeddings = new TokenEmbeddings(configuration);
        blocks = nn.ModuleList(Enumerable.Range(0, configuration.Blocks).Select(_ => new EncoderBlock(configuration)).ToArray());
        classifier = nn.Linear(configuration.HiddenSize, 2);
        RegisterComponents();
    }

    [SamStage(2)]
    private static Tensor MeanOfTokens(Tensor hidden, Tensor mask) => TextClassifier.MeanOfTokens(hidden, mask);
}
