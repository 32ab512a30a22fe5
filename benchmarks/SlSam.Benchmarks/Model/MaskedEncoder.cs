using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Benchmarks.Model;

/// <summary>The <see cref="Encoder"/>, trained through salience masks but for its classifier.</summary>
[SamModel]
internal sealed partial class MaskedEncoder : nn.Module<Tensor, Tensor>
{
    [SamLayer(Stage = 0)]
    [SparseDelta]
    private readonly Embedding tokens;

    [SamLayer(Stage = 1)]
    [SparseDelta]
    private readonly ModuleList<EncoderBlock> blocks;

    [SamLayer(Stage = 3)]
    private readonly Linear head;

    public MaskedEncoder(EncoderShape shape)
        : base(nameof(MaskedEncoder))
    {
        tokens = nn.Embedding(shape.Vocabulary, shape.Width);
        blocks = new ModuleList<EncoderBlock>([.. Enumerable.Range(0, shape.Blocks).Select(_ => new EncoderBlock(shape.Width, shape.Heads))]);
        head = nn.Linear(shape.Width, EncoderShape.Classes);
        RegisterComponents();
    }

    [SamStage(2)]
    private static Tensor Pool(Tensor hidden) => hidden.mean([1]);
}
