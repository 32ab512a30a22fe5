using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Sparse;

/// <summary>Two masked layers of several parameters each, and a head that is always trained whole.</summary>
public sealed class MaskedClassifier : nn.Module<Tensor, Tensor>, ISamModel
{
    private readonly Linear first;
    private readonly Linear second;
    private readonly Linear head;
    private readonly bool _masked;
    private readonly bool _headAlwaysActive;

    public MaskedClassifier(int width, int classes, bool masked = true, bool headAlwaysActive = true, ScalarType type = ScalarType.Float32)
        : base(nameof(MaskedClassifier))
    {
        first = nn.Linear(width, width, dtype: type);
        second = nn.Linear(width, width, dtype: type);
        head = nn.Linear(width, classes, dtype: type);
        _masked = masked;
        _headAlwaysActive = headAlwaysActive;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return head.call(second.call(first.call(input).tanh()).tanh()).MoveToOuterDisposeScope();
    }

    IReadOnlyList<SamLayer> ISamModel.CreateLayers() =>
    [
        new("first", SamLayerKind.Linear, -1, first) { SparseDelta = _masked },
        new("second", SamLayerKind.Linear, -1, second) { SparseDelta = _masked },
        new("head", SamLayerKind.Linear, -1, head) { AlwaysActive = _headAlwaysActive },
    ];
}
