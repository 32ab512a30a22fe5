namespace SlSam;

/// <summary>
/// Layer-wise SAM's selector (arXiv 2503.14205): every arm is updated in every step, and the arms with the largest gradient norms are perturbed. Which
/// these are is found out again after some steps.
/// </summary>
/// <remarks>
/// With an exploration pass, the first pass of such a step computes the gradients of all arms that can be perturbed. Without, the norms of the gradients
/// that earlier steps have applied decide; before there are any, the last arms of the model, since the paper finds the critical ones at the output.
/// </remarks>
public sealed class LayerWiseSelector : LayerSelector
{
    private readonly int[] _perturbable;
    private readonly int _count;
    private readonly int _interval;
    private readonly bool _explore;
    private readonly double[] _scores;
    private readonly double[] _compared;
    private readonly Comparison<int> _compare;
    private readonly int[] _ranked;
    private readonly int[] _best;
    private long _steps;

    /// <summary>Builds the selector.</summary>
    /// <param name="arms">The number of arms, at least 0.</param>
    /// <param name="perturbable">The indices of the arms that can be perturbed, in ascending order.</param>
    /// <param name="count">How many of these are perturbed, at least 1; all of them where there are not that many.</param>
    /// <param name="interval">After how many steps the perturbed arms are chosen again, at least 1.</param>
    /// <param name="explore">Whether a step that chooses computes the gradients of all arms that can be perturbed.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public LayerWiseSelector(int arms, IReadOnlyList<int> perturbable, int count, int interval, bool explore)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(arms);
        ArgumentNullException.ThrowIfNull(perturbable);
        _perturbable = [.. perturbable];
        _count = Math.Min(Require.AtLeastOne(count), _perturbable.Length);
        _interval = Require.AtLeastOne(interval);
        _explore = explore;
        _scores = new double[arms];
        _best = _perturbable[^_count..];
        _compared = new double[arms];
        _compare = Compare;
        _ranked = [.. _perturbable];
    }

    private bool IsDue => _steps % _interval == 0;

    /// <inheritdoc/>
    public override bool Select(Span<ArmRole> roles)
    {
        if (IsDue && !_explore && _steps > 0)
        {
            Best(_scores).CopyTo(_best);
        }

        roles.Fill(ArmRole.Updated);
        foreach (var arm in IsDue && _explore ? _perturbable : _best)
        {
            roles[arm] = ArmRole.Perturbed;
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Narrow(ReadOnlySpan<double> norms, Span<ArmRole> roles)
    {
        if (!IsDue || !_explore)
        {
            return;
        }

        roles.Fill(ArmRole.Updated);
        foreach (var arm in Best(norms))
        {
            roles[arm] = ArmRole.Perturbed;
        }
    }

    /// <inheritdoc/>
    public override void Learn(ReadOnlySpan<double> norms, ReadOnlySpan<double> applied)
    {
        if (IsDue && _explore)
        {
            Best(norms).CopyTo(_best);
        }

        for (var arm = 0; arm < applied.Length; arm++)
        {
            if (!double.IsNaN(applied[arm]))
            {
                _scores[arm] = applied[arm];
            }
        }

        _steps++;
    }

    /// <inheritdoc/>
    public override void DescribeState(StateDescription state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Integer("steps", () => _steps, steps => _steps = steps);
        state.Numbers("scores", _scores);
        state.Integers(
            "best",
            () => Array.ConvertAll(_best, arm => (long)arm),
            best => Array.ConvertAll(best, arm => (int)arm).CopyTo(_best, 0),
            best => best.Length == _best.Length && best.Distinct().Count() == best.Length && Array.TrueForAll(best, arm => _perturbable.Contains((int)arm))
                ? null
                : $"but must be {_best.Length} of the arms {string.Join(", ", _perturbable)}");
    }

    /// <summary>The arms with the largest scores, in ascending order; of equal ones the later in the model.</summary>
    private Span<int> Best(ReadOnlySpan<double> scores)
    {
        scores.CopyTo(_compared);
        Array.Sort(_ranked, _compare);
        var best = _ranked.AsSpan(0, _count);
        best.Sort();
        return best;
    }

    private int Compare(int left, int right)
    {
        var order = Score(right).CompareTo(Score(left));
        return order != 0 ? order : right.CompareTo(left);
    }

    private double Score(int arm) => double.IsNaN(_compared[arm]) ? -1 : _compared[arm];
}
