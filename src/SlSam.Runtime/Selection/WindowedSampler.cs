namespace SlSam;

/// <summary>
/// One draw u for all arms: arm l of L with probability p is active iff u lies in [s, s + p), s = (1 - p) l / (L - 1). The intervals move
/// from left to right with l, so that the active arms of a step lie side by side, and each keeps exactly its probability.
/// </summary>
/// <remarks>Where the intervals leave a gap at u, the arm whose interval is nearest is taken; <see cref="Gaps"/> counts how often.</remarks>
internal sealed class WindowedSampler(IUniformSource draws) : LayerSampler(draws)
{
    private long _gaps;

    /// <summary>How many draws have fallen into a gap between the arms' intervals.</summary>
    public override long Gaps => _gaps;

    public override void DescribeState(StateDescription state)
    {
        base.DescribeState(state);
        state.Integer("gaps", () => _gaps, gaps => _gaps = gaps);
    }

    public override void Sample(ReadOnlySpan<double> probabilities, Span<bool> active)
    {
        var draw = Draws.Next();
        var any = false;
        var nearest = 0;
        var nearestDistance = double.PositiveInfinity;
        for (var arm = 0; arm < active.Length; arm++)
        {
            var probability = probabilities[arm];
            var start = active.Length == 1 ? 0 : (1 - probability) * arm / (active.Length - 1);
            var distance = draw < start ? start - draw : draw - (start + probability);
            active[arm] = draw >= start && draw < start + probability;
            any |= active[arm];
            if (distance < nearestDistance)
            {
                (nearest, nearestDistance) = (arm, distance);
            }
        }

        if (!any)
        {
            active[nearest] = true;
            _gaps++;
        }
    }
}
