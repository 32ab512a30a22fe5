namespace SlSam;

/// <summary>What one step trains on, as the caller gave it.</summary>
/// <param name="batches">The micro-batches that make up the batch, at least one.</param>
internal sealed class StepWork(params MicroBatch[] batches)
{
    public MicroBatch[] Batches => batches;

    public bool IsStaged => batches[0].IsStaged;

    /// <summary>The share of the batch that the first of two passes works on.</summary>
    public double AscentFraction
    {
        get
        {
            var fraction = 0.0;
            foreach (var batch in batches)
            {
                fraction += batch.AscentWeight == 0 ? 0 : batch.Weight * batch.AscentSlice.Fraction;
            }

            return fraction;
        }
    }

    /// <summary>Whether the stages before the first perturbed one run once more for the second pass, since their graphs are not kept.</summary>
    public bool RunsStagesBeforeTwice(ActiveSet active) =>
        IsStaged && batches.Length > 1 && active.SharpnessAware && active.TrainsBeforePerturbed;
}
