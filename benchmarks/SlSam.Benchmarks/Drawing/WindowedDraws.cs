namespace SlSam.Benchmarks.Drawing;

/// <summary>One set of active arms that windowed sampling can draw.</summary>
/// <param name="Uniform">A uniform draw in the middle of those that give it.</param>
/// <param name="Probability">How much of [0, 1) they are.</param>
/// <param name="Arms">The active arms.</param>
internal sealed record WindowedDraw(double Uniform, double Probability, int[] Arms);

/// <summary>
/// All sets of arms that windowed sampling can draw while every arm has the same probability, in the order of the uniform draw. Arm l of L is active iff the
/// draw lies in [s, s + p), s = (1 - p) l / (L - 1).
/// </summary>
internal static class WindowedDraws
{
    private const double Narrowest = 1e-9;

    public static IReadOnlyList<WindowedDraw> Enumerate(int arms, double probability)
    {
        double[] starts = [.. Enumerable.Range(0, arms).Select(arm => (1 - probability) * arm / (arms - 1))];
        double[] ends = [.. starts.Select(start => start + probability)];
        // A gap between two intervals is shared by its neighbours: the nearest arm is taken.
        var gaps = ends.Zip(starts.Skip(1)).Where(gap => gap.First < gap.Second).Select(gap => (gap.First + gap.Second) / 2);
        double[] edges = [.. starts.Concat(ends).Concat(gaps).Append(0).Append(1).Order()];
        var draws = new List<WindowedDraw>();
        for (var edge = 1; edge < edges.Length; edge++)
        {
            var width = edges[edge] - edges[edge - 1];
            if (width < Narrowest)
                continue;
            var uniform = edges[edge - 1] + (width / 2);
            int[] active = [.. Enumerable.Range(0, arms).Where(arm => uniform >= starts[arm] && uniform < ends[arm])];
            if (active.Length == 0)
                active = [Enumerable.Range(0, arms).MinBy(arm => uniform < starts[arm] ? starts[arm] - uniform : uniform - ends[arm])];
            draws.Add(new WindowedDraw(uniform, width, active));
        }

        return draws;
    }
}
