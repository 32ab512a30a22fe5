using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// Finds the entries with the highest salience: first the score of the last one that is taken, then the entries above it, and of those that tie with
/// it the first ones, in the order of the weights and of their entries. No more than one weight's scores and the best ones so far are held at a time.
/// </summary>
internal static class MaskSelection
{
    /// <summary>Selects the flat indices of each weight that are trained, ascending; empty where a weight has none.</summary>
    public static Tensor[] Select(Salience salience, IReadOnlyList<MaskedWeight> weights, SparseOptions options)
    {
        using var _ = no_grad();
        var groups = Groups(weights, options.Scope);
        var masks = new Tensor[weights.Count];
        try
        {
            foreach (var group in groups)
            {
                Select(salience, weights, group, Budget(group.Sum(index => weights[index].Size), groups.Count, options), masks);
            }

            return masks;
        }
        catch
        {
            foreach (var mask in masks)
            {
                mask?.Dispose();
            }

            throw;
        }
    }

    private static List<int[]> Groups(IReadOnlyList<MaskedWeight> weights, SparseScope scope)
    {
        var all = Enumerable.Range(0, weights.Count);
        return scope switch
        {
            SparseScope.Global => [all.ToArray()],
            SparseScope.Local => [.. all.Select(index => new[] { index })],
            _ => [.. all.GroupBy(index => weights[index].Layer, ReferenceEqualityComparer.Instance).Select(group => group.ToArray())],
        };
    }

    /// <summary>How many entries of a group are taken. The product may be a rounding error below the whole number that is meant.</summary>
    private static long Budget(long size, int groups, SparseOptions options) =>
        Math.Clamp(options.Count is { } count ? count / groups : (long)(options.Density * size * (1 + 1e-12)), 1, size);

    private static void Select(Salience salience, IReadOnlyList<MaskedWeight> weights, int[] group, long budget, Tensor[] masks)
    {
        var all = group.Sum(index => weights[index].Size) == budget;
        var threshold = all ? double.NegativeInfinity : Threshold(salience, weights, group, budget, out budget);
        foreach (var index in group)
        {
            using var scope = NewDisposeScope();
            if (all)
            {
                masks[index] = arange(weights[index].Size, ScalarType.Int64, weights[index].Parameter.device).DetachFromDisposeScope();
                continue;
            }

            var scores = Scores(salience, weights, group, index);
            using Scalar bound = threshold;
            var above = scores.gt(bound).nonzero().view(-1);
            var ties = scores.eq(bound).nonzero().view(-1);
            var taken = Math.Min(budget, ties.shape[0]);
            budget -= taken;
            masks[index] = cat([above, ties.narrow(0, 0, taken)]).sort().Values.DetachFromDisposeScope();
        }
    }

    /// <summary>The score of the last entry that is taken.</summary>
    /// <param name="salience">The scores.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="group">The weights that share the budget.</param>
    /// <param name="budget">How many entries are taken.</param>
    /// <param name="ties">How many of them have that very score.</param>
    private static double Threshold(Salience salience, IReadOnlyList<MaskedWeight> weights, int[] group, long budget, out long ties)
    {
        using var scope = NewDisposeScope();
        Tensor? best = null;
        foreach (var index in group)
        {
            using var weightScope = NewDisposeScope();
            var scores = Scores(salience, weights, group, index);
            if (!scores.isfinite().all().cpu().item<bool>())
            {
                throw new InvalidOperationException(
                    $"The salience of '{weights[index].Name}' is not finite: the masks are as they were. Check the score batches' losses.");
            }

            var candidates = Top(scores, budget);
            var merged = best is null ? candidates : Top(cat([best, candidates.to(best.device)]), budget);
            best?.Dispose();
            best = merged.MoveToOuterDisposeScope();
        }

        var threshold = best!.min();
        ties = best!.eq(threshold).sum().cpu().item<long>();
        return threshold.to(ScalarType.Float64).cpu().item<double>();
    }

    /// <summary>The scores of one weight, in a type in which those of the whole group can be compared.</summary>
    private static Tensor Scores(Salience salience, IReadOnlyList<MaskedWeight> weights, int[] group, int index)
    {
        var scores = salience.Of(index);
        return Array.TrueForAll(group, other => weights[other].ScoreType == weights[group[0]].ScoreType) ? scores : scores.to(ScalarType.Float64);
    }

    /// <summary>The best scores of a vector in any order, all of them where there are no more.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="budget">How many are taken.</param>
    /// <param name="topkLimit">How many TorchSharp's topk can be asked for.</param>
    internal static Tensor Top(Tensor scores, long budget, long topkLimit = int.MaxValue) => scores.shape[0] <= budget
        ? scores.clone()
        : budget <= topkLimit ? scores.topk((int)budget, sorted: false).values : scores.sort(descending: true).Values.narrow(0, 0, budget);
}
