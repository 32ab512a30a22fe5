using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>The salience of the entries of each masked weight.</summary>
internal abstract class Salience : IDisposable
{
    /// <summary>The scores of one weight in the order of its entries, a vector that is the same at each call; disposed by the caller.</summary>
    public abstract Tensor Of(int weight);

    public virtual void Dispose()
    {
    }
}

/// <summary>Uniform draws from generators of their own, one for each weight, so that they can be drawn twice rather than kept.</summary>
internal sealed class RandomSalience(IReadOnlyList<MaskedWeight> weights, long seed) : Salience
{
    public override Tensor Of(int weight)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(unchecked((ulong)seed * 0x9E3779B97F4A7C15 + (ulong)weight));
        var draws = rand(weights[weight].Size, dtype: ScalarType.Float32, generator: generator);
        return draws.to(weights[weight].Parameter.device).MoveToOuterDisposeScope();
    }
}

/// <summary>The weights' magnitudes.</summary>
internal sealed class MagnitudeSalience(IReadOnlyList<MaskedWeight> weights) : Salience
{
    public override Tensor Of(int weight)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        return weights[weight].Parameter.reshape(-1).to(weights[weight].ScoreType).abs().MoveToOuterDisposeScope();
    }
}

/// <summary>Scores that were computed and are kept: one tensor for each weight.</summary>
internal sealed class ComputedSalience(Tensor[] scores) : Salience
{
    public override Tensor Of(int weight) => scores[weight].reshape(-1);

    public override void Dispose()
    {
        foreach (var score in scores)
        {
            score.Dispose();
        }
    }
}
