using MiniLM.Terminal;
using SlSam.Experiments.Methods;
using SlSam.Experiments.Records;
using SlSam.Experiments.Running;
using TorchSharp;

namespace SlSam.Experiments.Tests;

public sealed class MethodTests
{
    public static IEnumerable<object[]> Names => MethodTable.All.Select(method => new object[] { method.Name });

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_method_learns_both_data_sets_and_says_the_same_twice(string name)
    {
        var settings = TinyExperiment.Settings with { Steps = 12 };
        foreach (int source in new[] { 0, 1 })
        {
            var first = Run(TinyExperiment.Find(name), settings, source);
            var second = Run(TinyExperiment.Find(name), settings, source);

            Assert.Equal(0, first.RefusedSteps);
            Assert.InRange(first.TestAccuracy, 0.3, 1);
            Assert.NotNull(first.ValidationAccuracy);
            Assert.True(first.TrainingLoss is > 0 and < 2, $"The loss is {first.TrainingLoss}.");
            Assert.InRange(first.ActiveParameters, 1, first.TrainableParameters);
            Assert.InRange(first.TrainableParameters, 1, first.TotalParameters);
            Assert.True(first.StepSeconds > 0);
            Assert.Equal(
                (first.TestAccuracy, first.ValidationLoss, first.TrainingLoss, first.ActiveParameters),
                (second.TestAccuracy, second.ValidationLoss, second.TrainingLoss, second.ActiveParameters));
        }
    }

    [Fact]
    public void A_method_changes_the_weights_that_it_says_and_no_others()
    {
        long Trainable(string name) => Run(TinyExperiment.Find(name), TinyExperiment.Settings, source: 0).TrainableParameters;
        long all = Run(TinyExperiment.Find("adamw"), TinyExperiment.Settings, source: 0).TotalParameters;

        Assert.Equal(all, Trainable("adamw"));
        Assert.Equal(all, Trainable("slsam-independent"));
        // Rank 8 beside two 64 x 64 matrices in each of 4 blocks, and a classifier of 64 x 2 weights and 2 biases.
        Assert.Equal(4 * 2 * 8 * (64 + 64) + 64 * 2 + 2, Trainable("lora"));
    }

    [Theory]
    [InlineData(1, new[] { 2e-3 })]
    [InlineData(2, new[] { 1e-3, 2e-3 })]
    [InlineData(3, new[] { 1e-3, 2e-3, 4e-3 })]
    [InlineData(9, new[] { 1e-3, 2e-3, 4e-3 })]
    public void Learning_rates_are_taken_from_the_middle_of_the_grid(int count, double[] expected) =>
        Assert.Equal(expected, (TinyExperiment.Find("adamw") with { Grid = [1e-3, 2e-3, 4e-3] }).RatesTried(count));

    [Fact]
    public void Names_and_titles_are_distinct()
    {
        Assert.Equal(MethodTable.All.Count, MethodTable.All.Select(method => method.Name).Distinct().Count());
        Assert.Equal(MethodTable.All.Count, MethodTable.All.Select(method => method.Title).Distinct().Count());
    }

    private static RunRecord Run(Method method, ExperimentSettings settings, int source) =>
        new MethodRun(TinyExperiment.Data(settings, source), method, seed: 1, rate: method.Grid[1], settings, torch.CPU).Run(new Ignored(), default);

    private sealed class Ignored : IProgressReport
    {
        public void Report(long done, string status)
        {
        }
    }
}
