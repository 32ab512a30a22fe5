namespace SlSam;

/// <summary>One draw for each arm in order, active where the draw does not exceed the probability; a set without an active arm is drawn again.</summary>
/// <remarks>
/// Where the probabilities are so small that this would take very long, the same distribution, that of independent arms of which at least one is active, is drawn
/// from directly: first which arm is the first active one, then those after it.
/// </remarks>
internal sealed class IndependentSampler(IUniformSource draws) : LayerSampler(draws)
{
    private const int Attempts = 64;

    public override void Sample(ReadOnlySpan<double> probabilities, Span<bool> active)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (DrawFrom(0, probabilities, active))
            {
                return;
            }
        }

        var first = DrawFirst(probabilities);
        active[first] = true;
        DrawFrom(first + 1, probabilities, active);
    }

    /// <summary>Draws each arm from one on.</summary>
    /// <returns>Whether one of them is active.</returns>
    private bool DrawFrom(int start, ReadOnlySpan<double> probabilities, Span<bool> active)
    {
        var any = false;
        for (var arm = start; arm < active.Length; arm++)
        {
            active[arm] = Draws.Next() <= probabilities[arm];
            any |= active[arm];
        }

        return any;
    }

    /// <summary>Draws the first active arm, given that there is one: arm i has the weight p_i (1 - p_0) ... (1 - p_(i-1)).</summary>
    private int DrawFirst(ReadOnlySpan<double> probabilities)
    {
        var left = Draws.Next() * AnyActive(probabilities);
        var noneBefore = 1.0;
        for (var arm = 0; arm < probabilities.Length - 1; arm++)
        {
            left -= noneBefore * probabilities[arm];
            if (left < 0)
            {
                return arm;
            }

            noneBefore *= 1 - probabilities[arm];
        }

        return probabilities.Length - 1;
    }

    /// <summary>The probability that any arm is active, summed so that small ones keep their digits.</summary>
    private static double AnyActive(ReadOnlySpan<double> probabilities)
    {
        var any = 0.0;
        var noneBefore = 1.0;
        foreach (var probability in probabilities)
        {
            any += noneBefore * probability;
            noneBefore *= 1 - probability;
        }

        return any;
    }
}
