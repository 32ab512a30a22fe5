namespace SlSam;

/// <summary>
/// Systematic sampling in a random order (Madow, 1949): the probabilities are laid end to end in an order drawn afresh, and the arms in which the points
/// u, u + 1, u + 2 ... lie are active. An arm's probability is its length, and the number of active arms is that of the points.
/// </summary>
/// <remarks>Where the probabilities sum to less than 1 and no point hits an arm, the last in the order is taken.</remarks>
internal sealed class FixedCountSampler(IUniformSource draws) : LayerSampler
{
    private int[] _order = [];

    public override void Sample(ReadOnlySpan<double> probabilities, Span<bool> active)
    {
        Shuffle(active.Length);
        active.Clear();
        var point = draws.Next();
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
            var other = (int)(draws.Next() * (last + 1));
            (_order[last], _order[other]) = (_order[other], _order[last]);
        }
    }
}
