using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Golden;

/// <summary>The recorded runs of the released SL-SAM, SAM and RST code, step by step.</summary>
public sealed class GoldenTraceTests
{
    private const double ProbabilityTolerance = 1e-9;
    private const double ParameterTolerance = 1e-8;

    [Theory]
    [InlineData("slsam-sgd")]
    [InlineData("slsam-adamw")]
    [InlineData("slsam-saturating")]
    [InlineData("sam-sgd")]
    [InlineData("rst-adamw")]
    public void The_engine_repeats_the_recorded_run(string name)
    {
        using var scope = NewDisposeScope();
        var trace = GoldenTrace.Load(name);
        var draws = new RecordedDraws(trace.InitialDraws.Concat(trace.Steps.SelectMany(step => step.Draws)));
        using var model = new Mlp(trace);
        using var optimizer = new TestOptimizer(model, Method(trace, draws), Rule(trace));

        for (var index = 0; index < trace.Steps.Length; index++)
        {
            var recorded = trace.Steps[index];
            var input = Matrix(trace.Inputs[index]);
            var target = tensor(trace.Targets[index]);
            var report = optimizer.Step(() => nn.functional.cross_entropy(model.call(input), target));

            Assert.Equal(StepOutcome.Updated, report.Outcome);
            Assert.Equal(recorded.Loss, report.Loss, 1e-10);
            if (recorded.Active is not null)
            {
                AssertBandit(recorded, optimizer.Arms);
            }
        }

        for (var layer = 0; layer < trace.FinalParameters.Length; layer++)
        {
            AssertClose(trace.FinalParameters[layer].Weight.SelectMany(row => row), model.Linears[layer].weight!);
            AssertClose(trace.FinalParameters[layer].Bias, model.Linears[layer].bias!);
        }
    }

    private static void AssertBandit(RecordedStep recorded, IReadOnlyList<Arm> arms)
    {
        var active = Enumerable.Range(0, arms.Count).Where(arm => arms[arm].IsActive).ToArray();
        Assert.Equal(recorded.Active!, active);
        for (var position = 0; position < active.Length; position++)
        {
            Assert.Equal(recorded.GradNorms![position], arms[active[position]].GradientNorm, 1e-9);
        }

        for (var arm = 0; arm < arms.Count; arm++)
        {
            Assert.Equal(recorded.ProbAfter![arm], arms[arm].Probability, ProbabilityTolerance);
        }
    }

    private static void AssertClose(IEnumerable<double> expected, Tensor actual)
    {
        var values = actual.data<double>().ToArray();
        Assert.Equal(expected.Count(), values.Length);
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, ParameterTolerance));
    }

    private static SharpnessOptions Method(GoldenTrace trace, IUniformSource draws) => trace.Algorithm switch
    {
        "slsam" => new SlSamOptions
        {
            Rho = trace.Rho,
            Sparsity = trace.S,
            Sampling = LayerSampling.Independent,
            Granularity = ArmGranularity.Parameter,
            Draws = draws,
        },
        "sam" => new SamOptions { Rho = trace.Rho },
        "rst" => new RandomStepOptions { Rho = trace.Rho, Probability = trace.S, Draws = draws },
        _ => throw new NotSupportedException(trace.Algorithm),
    };

    private static UpdateRule Rule(GoldenTrace trace) => trace.Base switch
    {
        "adamw" => UpdateRule.AdamW(trace.Lr, weightDecay: trace.WeightDecay) with { DecayedTensors = DecayedTensors.All },
        "sgd" => UpdateRule.Sgd(trace.Lr, momentum: trace.Momentum ?? 0, weightDecay: trace.WeightDecay) with { DecayedTensors = DecayedTensors.All },
        _ => throw new NotSupportedException(trace.Base),
    };

    private static Tensor Matrix(double[][] rows) => tensor(rows.SelectMany(row => row).ToArray()).reshape(rows.Length, rows[0].Length);
}
