using static TorchSharp.torch;

namespace SlSam;

/// <summary>The forward pass and the loss of one step, as the caller gave them.</summary>
/// <param name="forwardTo">Runs the stages before the given one and returns the activation there; null where the model is not staged.</param>
/// <param name="lossFrom">The loss of a part of the batch, computed from the given stage on that part of the activation there.</param>
/// <param name="firstSlice">The part of the batch that the first of two passes works on.</param>
internal sealed class StepWork(Func<int, Tensor>? forwardTo, Func<int, Tensor?, BatchSlice, Tensor> lossFrom, BatchSlice firstSlice)
{
    public bool IsStaged => forwardTo is not null;

    /// <summary>The share of the batch that the first of two passes works on.</summary>
    public double AscentFraction => firstSlice.Fraction;

    /// <summary>
    /// Runs the stages before the first that the first pass needs gradients of, once for both passes: with a graph where the update needs gradients of one
    /// of them, since no weight of theirs is perturbed.
    /// </summary>
    public Tensor? ForwardTo(ActiveSet active)
    {
        if (forwardTo is null)
        {
            return null;
        }

        using var _ = set_grad_enabled(active.Updated.FirstStage < active.Measured.FirstStage);
        return forwardTo(active.Measured.FirstStage);
    }

    /// <summary>The loss at the weights.</summary>
    public Tensor FirstLoss(ActiveSet active, Tensor? activation)
    {
        if (!active.SharpnessAware)
        {
            return Loss(active, activation, default);
        }

        var start = activation is null ? null : firstSlice.OfRows(activation.detach(), $"the activation at stage {active.Measured.FirstStage}");
        return Loss(active, start, firstSlice);
    }

    /// <summary>The loss at the perturbed weights.</summary>
    public Tensor SecondLoss(ActiveSet active, Tensor? activation) => Loss(active, activation, default);

    private Tensor Loss(ActiveSet active, Tensor? activation, BatchSlice slice)
    {
        var loss = lossFrom(active.Measured.FirstStage, activation, slice)
            ?? throw new InvalidOperationException("The closure returned null; it must return the loss, a tensor with one element.");
        return loss.numel() == 1
            ? loss
            : throw new InvalidOperationException(
                $"The closure returned a tensor of shape [{string.Join(", ", loss.shape)}]; it must return the loss, a tensor with one element.");
    }
}
