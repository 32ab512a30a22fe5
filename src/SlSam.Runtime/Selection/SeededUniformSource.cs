using System.Numerics;

namespace SlSam;

/// <summary>
/// Uniform draws from xoshiro256** (Blackman and Vigna, 2018), seeded by SplitMix64. The same seed gives the same draws on every machine
/// and every version of .NET, which <see cref="Random"/> does not promise.
/// </summary>
public sealed class SeededUniformSource : IUniformSource, IResumable
{
    private ulong _s0, _s1, _s2, _s3;

    /// <summary>Starts the sequence that belongs to a seed.</summary>
    /// <param name="seed">Any number.</param>
    public SeededUniformSource(long seed)
    {
        var state = unchecked((ulong)seed);
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    /// <inheritdoc/>
    public double Next()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return (result >> 11) * (1.0 / (1UL << 53));
    }

    /// <inheritdoc/>
    public void DescribeState(StateDescription state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Integers(
            "xoshiro256**",
            () => [(long)_s0, (long)_s1, (long)_s2, (long)_s3],
            words => (_s0, _s1, _s2, _s3) = ((ulong)words[0], (ulong)words[1], (ulong)words[2], (ulong)words[3]),
            words => words.Length == 4 && words.Any(word => word != 0) ? null : "but must be four that are not all 0");
    }

    private static ulong SplitMix(ref ulong state)
    {
        var mixed = state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
