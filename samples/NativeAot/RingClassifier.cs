using SlSam;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NativeAot;

/// <summary>Tells which of several rings around the origin a point of the plane lies on.</summary>
[SamModel]
public sealed partial class RingClassifier : nn.Module<Tensor, Tensor>
{
    [SamLayer(Stage = 0)] private readonly Linear stem;
    [SamLayer(Stage = 1)] private readonly ModuleList<HiddenBlock> blocks;
    [SamLayer(Stage = 2)] private readonly Linear head;

    /// <summary>Makes the classifier with random weights.</summary>
    /// <param name="width">The number of hidden units.</param>
    /// <param name="depth">The number of hidden blocks, at least 1.</param>
    /// <param name="rings">The number of rings.</param>
    public RingClassifier(int width, int depth, int rings)
        : base(nameof(RingClassifier))
    {
        stem = nn.Linear(2, width);
        blocks = new ModuleList<HiddenBlock>([.. Enumerable.Range(0, depth).Select(_ => new HiddenBlock(width))]);
        head = nn.Linear(width, rings);
        RegisterComponents();
    }
}
