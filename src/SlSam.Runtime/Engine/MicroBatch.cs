using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// A part of a step's batch that is run forward and backward by itself: the whole batch where nothing is accumulated. Between the passes it keeps what enters
/// the first perturbed stage, and where its random numbers began.
/// </summary>
/// <param name="forwardTo">Runs the stages before the given one and returns the activation there; null where the model is not staged.</param>
/// <param name="lossFrom">The loss of a part of the micro-batch, computed from the given stage on that part of the activation there.</param>
internal sealed class MicroBatch(Func<int, Tensor>? forwardTo, Func<int, Tensor?, BatchSlice, Tensor?> lossFrom)
{
    private Tensor? _activation;
    private RandomMark? _start;
    private RandomMark? _mark;

    /// <summary>Its share of the joint batch's examples, and so of the joint loss.</summary>
    public double Weight { get; set; } = 1;

    /// <summary>The part of it that the first of two passes works on.</summary>
    public BatchSlice AscentSlice { get; set; }

    /// <summary>The share of that part in the first of two passes; 0 where it takes no part in it.</summary>
    public double AscentWeight { get; set; } = 1;

    public bool IsStaged => forwardTo is not null;

    /// <summary>
    /// The loss at the weights. The stages before the first that the pass needs gradients of run once for both passes, with a graph where the update needs
    /// gradients of one of them, since no weight of theirs is perturbed. Beside other micro-batches that graph is not kept: the second pass makes it.
    /// </summary>
    /// <param name="context">What the pass is run with.</param>
    /// <param name="isOnly">Whether there are no others.</param>
    /// <param name="scope">What is made here ends with it, except what the second pass needs.</param>
    public Tensor? FirstLoss(PassContext context, bool isOnly, DisposeScope scope)
    {
        var active = context.Active;
        if (!active.SharpnessAware)
        {
            return Loss(context, ForwardTo(context, withGraph: false), default);
        }

        var runsTwice = IsStaged && !isOnly && active.TrainsBeforePerturbed;
        _start = runsTwice ? context.Replay.Mark().MoveToOuterDisposeScope() : null;
        var activation = ForwardTo(context, withGraph: active.TrainsBeforePerturbed && !runsTwice);
        if (activation is not null && !runsTwice)
        {
            _activation = scope.Contains(activation) ? activation.MoveToOuterDisposeScope() : activation;
        }

        _mark = context.Replay.Mark().MoveToOuterDisposeScope();
        var start = activation is null ? null : AscentSlice.OfRows(activation.detach(), $"the activation at stage {active.Measured.FirstStage}");
        return Loss(context, start, AscentSlice);
    }

    /// <summary>The loss at the perturbed weights, with the random numbers of the first pass.</summary>
    public Tensor? SecondLoss(PassContext context)
    {
        if (_start is { } start)
        {
            context.Replay.Rewind(start);
        }

        var activation = _activation ?? ForwardTo(context, context.Active.TrainsBeforePerturbed);
        if (_mark is { } mark)
        {
            context.Replay.Rewind(mark);
        }

        return Loss(context, activation, default);
    }

    private Tensor? ForwardTo(PassContext context, bool withGraph)
    {
        if (forwardTo is null)
        {
            return null;
        }

        using var _ = set_grad_enabled(withGraph);
        var phase = context.Clock.Enter(StepPhase.Prefix);
        using var autocast = context.Precision.Enter();
        var activation = forwardTo(context.Active.Measured.FirstStage);
        context.Clock.Enter(phase);
        return activation;
    }

    private Tensor? Loss(PassContext context, Tensor? activation, BatchSlice slice)
    {
        using var autocast = context.Precision.Enter();
        return lossFrom(context.Active.Measured.FirstStage, activation, slice);
    }
}
