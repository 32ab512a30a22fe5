namespace SlSam;

/// <summary>Draws active arms from their probabilities.</summary>
internal abstract class LayerSampler
{
    public static LayerSampler Create(LayerSampling sampling, IUniformSource draws) => sampling switch
    {
        LayerSampling.Windowed => new WindowedSampler(draws),
        LayerSampling.Independent => new IndependentSampler(draws),
        _ => throw new ArgumentOutOfRangeException(nameof(sampling), sampling, "Valid values are Windowed and Independent."),
    };

    /// <summary>Sets every entry of <paramref name="active"/>, at least one of them to true.</summary>
    public abstract void Sample(ReadOnlySpan<double> probabilities, Span<bool> active);
}
