namespace SlSam;

/// <summary>The means of one or more quantities over the steps of each point, NaN left out; exact when points are joined.</summary>
/// <param name="points">The most points.</param>
/// <param name="width">How many quantities.</param>
internal sealed class PointColumn(int points, int width = 1)
{
    private readonly double[] _sums = new double[points * width];
    private readonly int[] _counts = new int[points * width];

    /// <summary>Adds a step's value to a point.</summary>
    public void Add(int point, double value, int quantity = 0)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        _sums[point * width + quantity] += value;
        _counts[point * width + quantity]++;
    }

    /// <summary>Adds the mean of several steps' values to a point.</summary>
    public void Add(int point, double mean, int count, int quantity)
    {
        if (count == 0 || !double.IsFinite(mean))
        {
            return;
        }

        _sums[point * width + quantity] += mean * count;
        _counts[point * width + quantity] += count;
    }

    /// <summary>Makes one point of each two.</summary>
    public void Halve()
    {
        for (var point = 0; point < points / 2; point++)
        {
            for (var quantity = 0; quantity < width; quantity++)
            {
                var (first, second) = (2 * point * width + quantity, (2 * point + 1) * width + quantity);
                _sums[point * width + quantity] = _sums[first] + _sums[second];
                _counts[point * width + quantity] = _counts[first] + _counts[second];
            }
        }

        Array.Clear(_sums, _sums.Length / 2, _sums.Length - _sums.Length / 2);
        Array.Clear(_counts, _counts.Length / 2, _counts.Length - _counts.Length / 2);
    }

    /// <summary>How many values the first points have of one quantity.</summary>
    public int[] Counts(int count, int quantity = 0)
    {
        var counts = new int[count];
        for (var point = 0; point < count; point++)
        {
            counts[point] = _counts[point * width + quantity];
        }

        return counts;
    }

    /// <summary>The means of one quantity at the first points.</summary>
    public float[] Means(int count, int quantity = 0)
    {
        var means = new float[count];
        for (var point = 0; point < count; point++)
        {
            var index = point * width + quantity;
            means[point] = _counts[index] == 0 ? float.NaN : (float)(_sums[index] / _counts[index]);
        }

        return means;
    }
}
