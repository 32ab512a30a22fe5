using System.Globalization;

namespace SlSam;

/// <summary>
/// Scales the factors of all pairs in one native call. The gradient norms are on the host already; the norms of the factors never leave their device.
/// </summary>
internal sealed class BarRegularizer(BarOptions options) : PairRegularizer
{
    private readonly TensorList _factors = new();
    private readonly CoefficientTable _strengths = new(columns: 1);

    /// <summary>How many steps have been balanced.</summary>
    public long Steps { get; private set; }

    public override void Apply(ReadOnlySpan<TrainedPair> pairs)
    {
        var alpha = options.AlphaAt(Steps);
        if (alpha > 0 && pairs.Length > 0)
        {
            Scale(pairs, alpha);
        }

        Steps++;
    }

    public override void DescribeState(StateDescription state) => state.Integer("steps", () => Steps, steps => Steps = steps);

    public override void Dispose() => _strengths.Dispose();

    private void Scale(ReadOnlySpan<TrainedPair> pairs, double alpha)
    {
        _factors.Clear();
        foreach (var pair in pairs)
        {
            foreach (var factor in pair.Factors)
            {
                _factors.Add(factor.Value);
            }
        }

        _factors.Close();
        var strengths = _strengths.Rows(_factors.Count);
        strengths.Clear();
        foreach (var pair in pairs)
        {
            SetStrengths(pair.Factors, Strength(pair, alpha), strengths);
            strengths = strengths[pair.Factors.Length..];
        }

        var function = options.Rule switch { BarRule.Nbar => "stretch", BarRule.Obar => "balance", _ => "lengthen" };
        MultiTensorProgram.Invoke(function, _factors.Items, _factors.Count, _strengths.Table);
    }

    /// <summary>nBAR: what each factor is multiplied by, less 1. oBAR: the same, for a pair whose A is the longer. gBAR: what its norm grows by.</summary>
    private void SetStrengths(TrainedParameter[] factors, double a, Span<double> strengths)
    {
        switch (options.Rule)
        {
            case BarRule.Nbar:
                var sign = factors[0].GradientNorm >= factors[1].GradientNorm ? 1 : -1;
                (strengths[0], strengths[1]) = (sign * a, -sign * a);
                break;
            case BarRule.Obar:
                (strengths[0], strengths[1]) = (-a, a);
                break;
            default:
                var total = 0.0;
                foreach (var factor in factors)
                {
                    total += factor.GradientNorm * factor.GradientNorm;
                }

                for (var i = 0; i < factors.Length && total > 0; i++)
                {
                    strengths[i] = a * (factors[i].GradientNorm * factors[i].GradientNorm - total / factors.Length) / Math.Sqrt(total);
                }

                break;
        }
    }

    private double Strength(TrainedPair pair, double alpha)
    {
        var learningRate = pair.A.Group.LearningRate;
        var a = alpha * learningRate;
        return a < 1 || options.Rule == BarRule.Gbar
            ? a
            : throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{options.Rule} would multiply a factor of '{pair.Pair}' by 1 - {a}: alpha {alpha} times the learning rate {learningRate} must be less than 1."));
    }
}
