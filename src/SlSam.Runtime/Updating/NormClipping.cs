namespace SlSam;

/// <summary>Clips by the norm over all parameters.</summary>
internal sealed record NormClipping(double Maximum) : GradientClipping(Maximum)
{
    /// <summary>PyTorch's summand against a division by 0.</summary>
    private const double Epsilon = 1e-6;

    internal override bool Apply(ParameterSet updated, Span<double> norms)
    {
        var sum = 0.0;
        foreach (var norm in norms)
        {
            sum += norm == MultiTensorProgram.NoGradient ? 0 : norm * norm;
        }

        var factor = Maximum / (Math.Sqrt(sum) + Epsilon);
        if (factor >= 1)
        {
            return false;
        }

        MultiTensorProgram.ScaleGradients(updated.Values, factor);
        foreach (ref var norm in norms)
        {
            norm = norm == MultiTensorProgram.NoGradient ? norm : factor * norm;
        }

        return true;
    }
}
