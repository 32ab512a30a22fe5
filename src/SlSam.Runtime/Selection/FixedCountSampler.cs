namespace SlSam;

/// <summary>
/// Systematic sampling in a random order (Madow, 1949): the probabilities are laid end to end in an order drawn afresh, and the arms in which the points
/// u, u + 1, u + 2 ... lie are active. An arm's probability is its length, and the number of active arms is that of the points.
/// </summary>
/// <remarks>Where the probabilities sum to less than 1 and no point hits an arm, the last in the order is taken.</remarks>
internal sealed class FixedCountSampler(IUniformSource draws) : LayerSampler(draws)
{
    private int[] _order = [];

    /// <summary>The order of a draw is made from that of the last.</summary>
    public override void DescribeState(StateDescription state)
    {
        base.DescribeState(state);
        state.Integers(
            "order",
            () => Array.ConvertAll(_order, arm => (long)arm),
            order => _order = Array.ConvertAll(order, arm => (int)arm),
            order => order.Order().SequenceEqual(Enumerable.Range(0, order.Length).Select(arm => (long)arm)) ? null : "but not those from 0 on, each once");
    }

    public override void Sample(ReadOnlySpan<double> probabilities, Span<bool> active)
    {
        Shuffle(active.Length);
        active.Clear();
        var point = Draws.Next();
        var end = 0.0;
        var any = false;
        foreach (var arm in _order)
        {
            end += probabilities[arm];
            if (point < end)
            {
                active[arm] = true;
                any = true;
                point++;
            }
        }

        if (!any)
        {
            active[_order[^1]] = true;
        }
    }

    private void Shuffle(int count)
    {
        if (_order.Length != count)
        {
            _order = [.. Enumerable.Range(0, count)];
        }

        for (var last = count - 1; last > 0; last--)
        {
            var other = (int)(Draws.Next() * (last + 1));
            (_order[last], _order[other]) = (_order[other], _order[last]);
        }
    }
}
