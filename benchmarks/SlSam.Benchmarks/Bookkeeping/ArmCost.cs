using SlSam.Benchmarks.Model;
using SlSam.Benchmarks.Statistics;
using SlSam.Benchmarks.Timing;

namespace SlSam.Benchmarks.Bookkeeping;

/// <summary>What a number of arms costs a step.</summary>
internal static class ArmCost
{
    /// <summary>How many arms of a step are active, whatever their number: the tensor work stays the same.</summary>
    private const double Active = 10;

    /// <summary>Steps before the first that counts: until .NET has compiled what they run.</summary>
    private const int WarmUp = 400;

    /// <summary>The seconds of a whole step.</summary>
    public static Estimate Step(EncoderShape shape, int arms, int rounds)
    {
        using var model = new ManyArms(arms);
        using var optimizer = new ManyArmsSlSam(model, new SlSamOptions { Sparsity = Active / arms }, UpdateRule.AdamW());
        return Repeat(rounds, () => Clock.Seconds(shape, () => optimizer.Step(model.Loss)));
    }

    /// <summary>The seconds of drawing the active arms and of learning from their norms, by a selector of its own.</summary>
    public static Estimate Selection(EncoderShape shape, int arms, int rounds)
    {
        var selector = new SlSamSelector(new LayerBandit(arms, 0.2, 0.001), LayerSampling.Windowed, new SeededUniformSource(0));
        var roles = new ArmRole[arms];
        var norms = new double[arms];
        return Repeat(rounds, () => Clock.Seconds(shape, () =>
        {
            selector.Select(roles);
            for (var arm = 0; arm < arms; arm++)
                norms[arm] = roles[arm] == ArmRole.Inactive ? double.NaN : 1 + (arm % 7);
            selector.Learn(norms, norms);
        }));
    }

    private static Estimate Repeat(int rounds, Func<double> seconds)
    {
        for (var warmUp = 0; warmUp < WarmUp; warmUp++)
            seconds();
        return Median.Of([.. Enumerable.Range(0, rounds).Select(_ => seconds())]);
    }
}
