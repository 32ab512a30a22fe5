using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Reporting.Tests;

/// <summary>A small model with adapters, to have a run of.</summary>
[SamModel]
public sealed partial class Tagger : nn.Module<Tensor, Tensor>
{
    [SamLayer(Stage = 0)]
    private readonly Linear stem;

    [SamLayer(Stage = 1), LoraPair]
    private readonly ModuleList<LoraLinear> blocks;

    [SamLayer(Stage = 2)]
    private readonly Linear head;

    public Tagger(int blocks, int width, int classes)
        : base(nameof(Tagger))
    {
        stem = nn.Linear(width, width);
        var options = new LoraOptions { Rank = 2 };
        this.blocks = new ModuleList<LoraLinear>(Enumerable.Range(0, blocks).Select(_ => new LoraLinear(nn.Linear(width, width), options)).ToArray());
        head = nn.Linear(width, classes);
        RegisterComponents();
    }
}
