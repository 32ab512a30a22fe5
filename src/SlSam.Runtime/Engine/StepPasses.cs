using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// The passes of a step, forward and backward over all its micro-batches: their gradients add up to those of the joint batch, whose loss is the mean of all
/// examples.
/// </summary>
internal sealed class StepPasses(PassContext context, ClosureLoss losses, StepGuard guard)
{
    /// <summary>What the processes of a group do together; null where there is one process alone.</summary>
    public StepAgreement? Agreement { get; set; }

    /// <summary>Runs the pass at the weights.</summary>
    public PassLoss First(StepWork work) => Run(work, second: false);

    /// <summary>Runs the pass at the perturbed weights.</summary>
    public PassLoss Second(StepWork work) => Run(work, second: true);

    private PassLoss Run(StepWork work, bool second)
    {
        var active = context.Active;
        var set = second ? active.Updated : active.Measured;
        Tensor? sum = null;
        var hasGradient = false;
        foreach (var batch in work.Batches)
        {
            var weight = active.SharpnessAware && !second ? batch.AscentWeight : batch.Weight;
            if (weight == 0)
            {
                continue;
            }

            using var scope = NewDisposeScope();
            guard.ThrowIfStopped();
            var loss = losses.Check(second ? batch.SecondLoss(context) : batch.FirstLoss(context, isOnly: work.Batches.Length == 1, scope));
            guard.ThrowIfStopped();
            active.Updated.RequireParameters();
            hasGradient |= loss.requires_grad;
            if (batch == work.Batches[^1])
            {
                Agreement?.BeginBackward();
            }

            loss = Backward(loss, weight, set);
            sum = (sum is null ? loss : sum + loss).MoveToOuterDisposeScope();
        }

        // The gradients are complete, and nothing has been read of them yet.
        using var _ = no_grad();
        Agreement?.AverageGradients();
        context.Precision.Unscale(set);
        return new PassLoss(sum!, hasGradient);
    }

    /// <summary>Adds the gradients of a micro-batch's share in the joint loss, where it has any.</summary>
    /// <returns>The share, without a graph.</returns>
    private Tensor Backward(Tensor loss, double weight, ParameterSet set)
    {
        if (weight < 1)
        {
            // In half precision neither a share nor a sum of them would be exact enough.
            loss = PassPrecision.Wide(loss) * weight;
        }

        if (loss.requires_grad)
        {
            context.Precision.Scaled(loss).backward();
            using var _ = no_grad();
            set.GatherGradients();
        }

        return loss.detach();
    }
}

/// <summary>What a pass has come to.</summary>
/// <param name="Value">The loss of the joint batch, on its device.</param>
/// <param name="HasGradient">Whether it depended on what the pass computes gradients for.</param>
internal readonly record struct PassLoss(Tensor Value, bool HasGradient);
