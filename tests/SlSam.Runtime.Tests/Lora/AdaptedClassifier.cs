using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Lora;

/// <summary>A staged model with adapters as its layers: its pairs, forward pass and optimizer are generated.</summary>
[SamModel]
public sealed partial class AdaptedClassifier : nn.Module<Tensor, Tensor>
{
    [SamLayer(Stage = 0), LoraPair]
    private readonly LoraLinear stem;

    [SamLayer(Stage = 1), LoraPair]
    private readonly ModuleList<LoraLinear> blocks;

    [SamLayer(Stage = 2)]
    private readonly Linear head;

    public AdaptedClassifier(int blocks, int width, int classes, LoraOptions lora)
        : base(nameof(AdaptedClassifier))
    {
        stem = Adapted();
        this.blocks = new ModuleList<LoraLinear>(Enumerable.Range(0, blocks).Select(_ => Adapted()).ToArray());
        head = nn.Linear(width, classes);
        RegisterComponents();

        LoraLinear Adapted() => new(nn.Linear(width, width), lora);
    }
}
