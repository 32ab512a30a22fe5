using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Benchmarks.Bookkeeping;

/// <summary>
/// A model that is all arms, of one number each, beside a layer that is always active. Its loss depends on that layer alone, so that a step's time is that of
/// choosing, of learning and of keeping the books.
/// </summary>
internal sealed class ManyArms : nn.Module, ISamModel
{
    private readonly Parameter _core = new(ones(1));
    private readonly Parameter[] _arms;

    public ManyArms(int arms)
        : base(nameof(ManyArms))
    {
        _arms = [.. Enumerable.Range(0, arms).Select(_ => new Parameter(ones(1)))];
    }

    public Tensor Loss() => _core.square().sum();

    IReadOnlyList<SamLayer> ISamModel.CreateLayers() =>
    [
        new("core", SamLayerKind.Parameter, -1, _core) { AlwaysActive = true },
        .. _arms.Select((arm, index) => new SamLayer($"arm{index}", SamLayerKind.Parameter, -1, arm)),
    ];

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _core.Dispose();
            foreach (var arm in _arms)
                arm.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>Trains the arms.</summary>
internal sealed class ManyArmsSlSam(ManyArms model, SharpnessOptions options, UpdateRule rule) : SharpnessAwareOptimizer(model, options, rule);
