namespace SlSam.Reporting.TensorBoard;

/// <summary>Histograms as TensorBoard draws them: counts between limits, which grow in equal ratios as TensorFlow's do.</summary>
internal static class Histograms
{
    private const double Smallest = 1e-12;
    private const double Growth = 1.1;

    /// <summary>The histogram of values; those that are not finite are left out.</summary>
    /// <returns>Null where no value is left.</returns>
    public static HistogramProto? Of(IEnumerable<double> values)
    {
        var counts = new SortedDictionary<int, int>();
        var histogram = new HistogramProto { Min = double.PositiveInfinity, Max = double.NegativeInfinity };
        foreach (var value in values.Where(double.IsFinite))
        {
            histogram.Min = Math.Min(histogram.Min, value);
            histogram.Max = Math.Max(histogram.Max, value);
            histogram.Num++;
            histogram.Sum += value;
            histogram.SumSquares += value * value;
            var bucket = Bucket(value);
            counts[bucket] = counts.GetValueOrDefault(bucket) + 1;
        }

        if (counts.Count == 0)
        {
            return null;
        }

        // A limit below the first bucket says where it begins.
        histogram.BucketLimit.Add(Limit(counts.Keys.First() - 1));
        histogram.Bucket.Add(0);
        for (var bucket = counts.Keys.First(); bucket <= counts.Keys.Last(); bucket++)
        {
            histogram.BucketLimit.Add(Limit(bucket));
            histogram.Bucket.Add(counts.GetValueOrDefault(bucket));
        }

        return histogram;
    }

    /// <summary>The bucket whose limit is the first above a value: 0 holds what is closest to 0, negative buckets what is below.</summary>
    private static int Bucket(double value)
    {
        if (Math.Abs(value) < Smallest)
        {
            return 0;
        }

        var exponent = (int)Math.Floor(Math.Log(Math.Abs(value) / Smallest, Growth)) + 1;
        var bucket = value > 0 ? exponent : -exponent;

        // Logarithms round: the value lies in the bucket or beside it.
        while (value >= Limit(bucket))
        {
            bucket++;
        }

        while (value < Limit(bucket - 1))
        {
            bucket--;
        }

        return bucket;
    }

    /// <summary>What a bucket's values are below.</summary>
    private static double Limit(int bucket) => bucket >= 0 ? Smallest * Math.Pow(Growth, bucket) : -Smallest * Math.Pow(Growth, -bucket - 1);
}
