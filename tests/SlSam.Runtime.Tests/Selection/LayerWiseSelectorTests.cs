using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Selection;

/// <summary>Which layers Layer-wise SAM perturbs, and that it updates all.</summary>
public sealed class LayerWiseSelectorTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_arms_with_the_largest_norms_are_perturbed_until_the_next_choice(bool explore)
    {
        var selector = new LayerWiseSelector(arms: 6, perturbable: [0, 2, 3, 4, 5], count: 2, interval: 3, explore);
        // Arm 1 has the largest norm, but cannot be perturbed.
        double[][] norms = [[5, 9, 1, 2, 4, 3], [1, 9, 1, 7, 7, 1], [1, 9, 8, 1, 1, 8], [1, 9, 2, 2, 0, 0], [9, 9, 9, 9, 9, 9]];
        var perturbed = norms.Select(step => Run(selector, step)).ToArray();
        string[] expected = explore
            ? ["0 4", "0 4", "0 4", "2 3", "2 3"]
            : ["4 5", "4 5", "4 5", "2 5", "2 5"]; // the last ones, then by what the third step applied
        Assert.Equal(expected, perturbed);
    }

    [Fact]
    public void Choosing_again_after_a_refused_step_chooses_the_same()
    {
        var selector = new LayerWiseSelector(arms: 4, perturbable: [0, 1, 2, 3], count: 1, interval: 2, explore: true);
        var roles = new ArmRole[4];
        selector.Select(roles);
        selector.Narrow([1, 5, 2, 3], roles);
        Assert.Equal([ArmRole.Updated, ArmRole.Perturbed, ArmRole.Updated, ArmRole.Updated], roles);
        Assert.Equal("3", Run(selector, [1, 2, 3, 4]));
        Assert.Equal("3", Run(selector, [9, 2, 3, 4]));
    }

    [Fact]
    public void The_first_pass_of_a_staged_model_starts_at_the_first_perturbed_layer_and_the_second_updates_all()
    {
        using var scope = NewDisposeScope();
        manual_seed(6);
        using var model = new StagedClassifier(blocks: 6, width: 10, classes: 3, dropout: 0.2, normalize: true);
        using var optimizer = new StagedClassifierSlSam(
            model, new LayerWiseSamOptions { Count = 2, Rho = 0.5, Interval = 4 }, UpdateRule.AdamW(0.01));
        for (var step = 0; step < 8; step++)
        {
            using var stepScope = NewDisposeScope();
            var before = new Snapshot(model);
            var batch = Batch.Random(8, 10, 3);
            var report = optimizer.Step(batch.Input, batch.Loss);
            Assert.Equal((8, 2, 0), (report.ActiveArms, report.PerturbedArms, report.FirstActiveStage));
            Assert.Equal(step % 4 == 0 ? 0 : optimizer.Arms.First(arm => arm.Role == ArmRole.Perturbed).Layer.Stage, report.FirstPerturbedStage);
            var parameters = model.named_parameters().Select(named => named.name);
            Assert.Equal(parameters.Order(), before.Changed().Where(parameters.Contains).Order());
        }
    }

    [Fact]
    public void A_layer_without_matrices_is_never_perturbed()
    {
        using var scope = NewDisposeScope();
        using var model = new Mlp(["tanh"], 5, 6, 3);
        using var optimizer = new TestOptimizer(
            model, new LayerWiseSamOptions { Ratio = 1, Granularity = ArmGranularity.Parameter }, UpdateRule.AdamW(0.01));
        var batch = Batch.Random(8, 5, 3, ScalarType.Float64);
        optimizer.Step(() => batch.Loss(model.call(batch.Input)));
        Assert.Equal(["linear0.weight", "linear1.weight"], optimizer.Arms.Where(arm => arm.Role == ArmRole.Perturbed).Select(arm => arm.Name));
        Assert.All(optimizer.Arms, arm => Assert.True(arm.IsActive));
    }

    [Fact]
    public void A_share_that_is_a_whole_number_of_layers_is_that_number()
    {
        // 0.07 * 100 is 7.000000000000001.
        using var scope = NewDisposeScope();
        using var model = new Mlp([], [.. Enumerable.Repeat(2, 101)]);
        using var optimizer = new TestOptimizer(model, new LayerWiseSamOptions { Ratio = 0.07 }, UpdateRule.AdamW(0.01));
        var batch = Batch.Random(8, 2, 2, ScalarType.Float64);
        Assert.Equal(7, optimizer.Step(() => batch.Loss(model.call(batch.Input))).PerturbedArms);
    }

    /// <summary>One step with these norms: the perturbed arms.</summary>
    private static string Run(LayerWiseSelector selector, double[] norms)
    {
        var roles = new ArmRole[norms.Length];
        Assert.True(selector.Select(roles));
        double[] measured = [.. norms.Select((norm, arm) => roles[arm] == ArmRole.Perturbed ? norm : double.NaN)];
        selector.Narrow(measured, roles);
        Assert.DoesNotContain(ArmRole.Inactive, roles);
        selector.Learn(measured, norms);
        return string.Join(" ", Enumerable.Range(0, norms.Length).Where(arm => roles[arm] == ArmRole.Perturbed));
    }
}
