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
    /// <param name="active">The step's parameters.</param>
    /// <param name="replay">Marks the random numbers for the second pass.</param>
    /// <param name="isOnly">Whether there are no others.</param>
    /// <param name="scope">What is made here ends with it, except what the second pass needs.</param>
    /// <param name="clock">Told of the stages before.</param>
    /// <param name="precision">What is computed in which type.</param>
    public Tensor? FirstLoss(ActiveSet active, RandomReplay replay, bool isOnly, DisposeScope scope, StepClock clock, PassPrecision precision)
    {
        if (!active.SharpnessAware)
        {
            return Loss(active, ForwardTo(active, withGraph: false, clock, precision), default, precision);
        }

        var runsTwice = IsStaged && !isOnly && NeedsGraph(active);
        _start = runsTwice ? replay.Mark().MoveToOuterDisposeScope() : null;
        var activation = ForwardTo(active, !runsTwice && NeedsGraph(active), clock, precision);
        if (activation is not null && !runsTwice)
        {
            _activation = scope.Contains(activation) ? activation.MoveToOuterDisposeScope() : activation;
        }

        _mark = replay.Mark().MoveToOuterDisposeScope();
        var start = activation is null ? null : AscentSlice.OfRows(activation.detach(), $"the activation at stage {active.Measured.FirstStage}");
        return Loss(active, start, AscentSlice, precision);
    }

    /// <summary>The loss at the perturbed weights, with the random numbers of the first pass.</summary>
    public Tensor? SecondLoss(ActiveSet active, RandomReplay replay, StepClock clock, PassPrecision precision)
    {
        if (_start is { } start)
        {
            replay.Rewind(start);
        }

        var activation = _activation ?? ForwardTo(active, NeedsGraph(active), clock, precision);
        if (_mark is { } mark)
        {
            replay.Rewind(mark);
        }

        return Loss(active, activation, default, precision);
    }

    private static bool NeedsGraph(ActiveSet active) => active.Updated.FirstStage < active.Measured.FirstStage;

    private Tensor? ForwardTo(ActiveSet active, bool withGraph, StepClock clock, PassPrecision precision)
    {
        if (forwardTo is null)
        {
            return null;
        }

        using var _ = set_grad_enabled(withGraph);
        var phase = clock.Enter(StepPhase.Prefix);
        using var autocast = precision.Enter();
        var activation = forwardTo(active.Measured.FirstStage);
        clock.Enter(phase);
        return activation;
    }

    private Tensor? Loss(ActiveSet active, Tensor? activation, BatchSlice slice, PassPrecision precision)
    {
        using var autocast = precision.Enter();
        return lossFrom(active.Measured.FirstStage, activation, slice);
    }
}
