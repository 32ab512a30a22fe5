using SlSam;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ImageClassification;

/// <summary>
/// A residual network for small grey images [batch, 1, 28, 28], with batch normalization: logits [batch, classes]. The costs are the millions of multiply-adds
/// of one image, which the numbers in the weights do not tell where strides make the images smaller.
/// </summary>
[SamModel]
public sealed partial class ResidualNetwork : nn.Module<Tensor, Tensor>
{
    [SamLayer(Stage = 0, Cost = 0.1)]
    private readonly Sequential stem;

    [SamLayer(Stage = 1, Cost = 3.3)]
    private readonly ModuleList<ResidualBlock> blocks;

    [SamLayer(Stage = 3, Cost = 0.001)]
    private readonly Linear head;

    public ResidualNetwork(int classes) : base(nameof(ResidualNetwork))
    {
        stem = nn.Sequential(
            ("convolution", nn.Conv2d(1, 16, 3, padding: 1, bias: false)), ("norm", nn.BatchNorm2d(16)), ("activation", nn.ReLU()));
        blocks = nn.ModuleList(
            new ResidualBlock(16, 16, stride: 1), new ResidualBlock(16, 32, stride: 2), new ResidualBlock(32, 32, stride: 1),
            new ResidualBlock(32, 64, stride: 2), new ResidualBlock(64, 64, stride: 1));
        head = nn.Linear(64, classes);
        RegisterComponents();
    }

    [SamStage(2)]
    private static Tensor MeanOfPixels(Tensor hidden) => hidden.mean([2, 3]);
}

/// <summary>Two convolutions whose result is added to their input, which a third brings to their size where it has another.</summary>
public sealed class ResidualBlock : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d first;
    private readonly BatchNorm2d firstNorm;
    private readonly Conv2d second;
    private readonly BatchNorm2d secondNorm;
    private readonly Conv2d? shortcut;

    public ResidualBlock(int inputs, int outputs, int stride) : base(nameof(ResidualBlock))
    {
        first = nn.Conv2d(inputs, outputs, 3, stride: stride, padding: 1, bias: false);
        firstNorm = nn.BatchNorm2d(outputs);
        second = nn.Conv2d(outputs, outputs, 3, padding: 1, bias: false);
        secondNorm = nn.BatchNorm2d(outputs);
        shortcut = inputs == outputs ? null : nn.Conv2d(inputs, outputs, 1, stride: stride, bias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var hidden = secondNorm.call(second.call(firstNorm.call(first.call(input)).relu_()));
        return (hidden + (shortcut?.call(input) ?? input)).relu_().MoveToOuterDisposeScope();
    }
}
