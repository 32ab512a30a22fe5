using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Reliability.Tests.Models;

/// <summary>A staged model with dropout and running statistics, small enough for a step in a fraction of a millisecond.</summary>
[SamModel]
public sealed partial class SmallClassifier : nn.Module<Tensor, Tensor>
{
    public const int Width = 8, Classes = 3;

    [SamLayer(Stage = 0)]
    private readonly Linear stem;

    [SamLayer(Stage = 1)]
    private readonly BatchNorm1d norm;

    [SamLayer(Stage = 3)]
    private readonly Linear head;

    private readonly Dropout drop;

    public SmallClassifier()
        : base(nameof(SmallClassifier))
    {
        stem = nn.Linear(Width, Width);
        norm = nn.BatchNorm1d(Width);
        drop = nn.Dropout(0.2);
        head = nn.Linear(Width, Classes);
        RegisterComponents();
    }

    [SamStage(2)]
    private Tensor Drop(Tensor hidden) => drop.call(hidden.tanh());
}
