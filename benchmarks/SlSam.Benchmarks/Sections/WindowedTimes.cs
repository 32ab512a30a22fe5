using SlSam.Benchmarks.Drawing;
using SlSam.Benchmarks.Statistics;
using SlSam.Benchmarks.Timing;

namespace SlSam.Benchmarks.Sections;

/// <summary>The rounds in which every set of layers that windowed sampling can draw is taken equally often, in a random order.</summary>
internal sealed class WindowedTimes
{
    /// <summary>How many rounds before and after one count as near.</summary>
    private const int Nearest = 2;

    private readonly IReadOnlyList<WindowedDraw> _draws;
    private readonly int[] _order;

    /// <summary>Plans the rounds.</summary>
    /// <param name="arms">The number of layers.</param>
    /// <param name="sparsity">Each layer's probability.</param>
    /// <param name="rounds">How many rounds at least.</param>
    public WindowedTimes(int arms, double sparsity, int rounds)
    {
        _draws = WindowedDraws.Enumerate(arms, sparsity);
        var times = (rounds + _draws.Count - 1) / _draws.Count;
        _order = [.. Enumerable.Range(0, times * _draws.Count).Select(round => round % _draws.Count)];
        new Random(0).Shuffle(_order);
    }

    /// <summary>How many rounds there are.</summary>
    public int Rounds => _order.Length;

    /// <summary>The draw of a round. Those before the first, which warm up, are spread over all draws.</summary>
    public WindowedDraw this[int round] => round >= 0
        ? _draws[_order[round]]
        : _draws[(_draws.Count - 1) * (round + Contestant.WarmUp) / (Contestant.WarmUp - 1)];

    /// <summary>The expected ratio of a method that takes the rounds' draws to another method, of which the median of the nearest rounds is taken.</summary>
    public Estimate ExpectedRatio(IReadOnlyList<double> seconds, IReadOnlyList<double> others)
    {
        var ratios = Enumerable.Range(0, Rounds).ToLookup(round => _order[round], round => seconds[round] / Around(others, round));
        return WeightedMean.OfAllDraws(
            [.. Enumerable.Range(0, _draws.Count).Select(draw => ratios[draw].Average())], [.. _draws.Select(draw => draw.Probability)]);
    }

    private static double Around(IReadOnlyList<double> seconds, int round) =>
        Median.Of(seconds.Skip(Math.Clamp(round - Nearest, 0, Math.Max(0, seconds.Count - 1 - (2 * Nearest)))).Take(1 + (2 * Nearest))).Middle;
}
