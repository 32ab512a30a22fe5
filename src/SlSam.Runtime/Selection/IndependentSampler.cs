namespace SlSam;

/// <summary>One draw for each arm in order, active where the draw does not exceed the probability; a set without an active arm is drawn again.</summary>
internal sealed class IndependentSampler(IUniformSource draws) : LayerSampler
{
    public override void Sample(ReadOnlySpan<double> probabilities, Span<bool> active)
    {
        bool any;
        do
        {
            any = false;
            for (var arm = 0; arm < active.Length; arm++)
            {
                active[arm] = draws.Next() <= probabilities[arm];
                any |= active[arm];
            }
        }
        while (!any);
    }
}
