namespace SlSam;

/// <summary>Clips number by number.</summary>
internal sealed record ValueClipping(double Maximum) : GradientClipping(Maximum)
{
    internal override bool Apply(ParameterSet updated, Span<double> norms)
    {
        // No number is larger than the norm.
        var largest = 0.0;
        foreach (var norm in norms)
        {
            largest = Math.Max(largest, norm);
        }

        if (largest <= Maximum)
        {
            return false;
        }

        var before = Sum(norms);
        MultiTensorProgram.ClampGradients(updated.Values, Maximum, norms);
        return Sum(norms) < before;
    }

    private static double Sum(ReadOnlySpan<double> norms)
    {
        var sum = 0.0;
        foreach (var norm in norms)
        {
            sum += norm;
        }

        return sum;
    }
}
