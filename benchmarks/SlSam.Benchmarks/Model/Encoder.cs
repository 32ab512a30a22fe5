using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Benchmarks.Model;

/// <summary>
/// A transformer encoder with mean pooling and a classifier, operator by operator that of PyTorch/step_time.py and of Native/hand_written.cpp.
/// </summary>
[SamModel]
internal sealed partial class Encoder : nn.Module<Tensor, Tensor>
{
    [SamLayer(Stage = 0)]
    private readonly Embedding tokens;

    [SamLayer(Stage = 1)]
    private readonly ModuleList<EncoderBlock> blocks;

    [SamLayer(Stage = 3)]
    private readonly Linear head;

    public Encoder(EncoderShape shape)
        : base(nameof(Encoder))
    {
        tokens = nn.Embedding(shape.Vocabulary, shape.Width);
        blocks = new ModuleList<EncoderBlock>([.. Enumerable.Range(0, shape.Blocks).Select(_ => new EncoderBlock(shape.Width, shape.Heads))]);
        head = nn.Linear(shape.Width, EncoderShape.Classes);
        RegisterComponents();
    }

    [SamStage(2)]
    private static Tensor Pool(Tensor hidden) => hidden.mean([1]);
}
