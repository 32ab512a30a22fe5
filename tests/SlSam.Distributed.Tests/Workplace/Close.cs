namespace SlSam.Distributed.Tests.Workplace;

/// <summary>Compares numbers that were summed in another order.</summary>
internal static class Close
{
    public static void Assert(double[] expected, double[] actual, double tolerance = 1e-9)
    {
        Xunit.Assert.Equal(expected.Length, actual.Length);
        for (var index = 0; index < expected.Length; index++)
        {
            if (!double.IsNaN(expected[index]) || !double.IsNaN(actual[index]))
            {
                Xunit.Assert.Equal(expected[index], actual[index], tolerance * Math.Max(1, Math.Abs(expected[index])));
            }
        }
    }
}
