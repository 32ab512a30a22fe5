using SlSam.Runtime.Tests.Models;
using SlSam.Runtime.Tests.MultiTensor;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Perturbation;

/// <summary>Where each perturbation moves the weights, and which gradient is applied, against the papers' formulas on autograd's own gradients.</summary>
public sealed class AscentTests : IDisposable
{
    private const double Rho = 0.3;

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Mlp _model;
    private readonly Batch _batch;

    public AscentTests()
    {
        manual_seed(3);
        _model = new Mlp(["tanh", "tanh"], 5, 6, 4, 3);
        _batch = Batch.Random(7, 5, 3, ScalarType.Float64);
    }

    public void Dispose()
    {
        _model.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ASAM_scales_each_entrys_step_with_the_weight(bool includeBiases)
    {
        const double Eta = 0.02;
        var (weights, gradients) = WeightsAndGradients();
        var names = Names();
        var scaled = weights.Zip(names, (weight, name) => includeBiases || !name.EndsWith("bias") ? weight.abs() + Eta : ones_like(weight)).ToArray();
        var length = Norm(scaled.Zip(gradients, (scale, gradient) => scale * gradient));
        var expected = Enumerable.Range(0, weights.Length).Select(i => weights[i] + Rho / length * scaled[i].square() * gradients[i]);

        var moved = MovedBy(new SamOptions { Rho = Rho, Adaptive = new AdaptiveOptions { Eta = Eta, IncludeBiases = includeBiases } }, out var report);

        AssertClose(expected, moved);
        Assert.Equal(Norm(gradients), report.GradientNorm, 1e-12);
    }

    [Fact]
    public void An_element_mask_keeps_the_entries_with_the_largest_gradients_and_the_norm_of_all()
    {
        var (weights, gradients) = WeightsAndGradients();
        var size = cat(gradients.Select(gradient => gradient.abs().reshape(-1)).ToArray());
        var kept = (long)Math.Ceiling(0.3 * size.numel());
        var threshold = size.sort(descending: true).Values[kept - 1].ToDouble();
        var expected = weights.Zip(gradients, (weight, gradient) =>
            weight + Rho / Norm(gradients) * gradient * gradient.abs().ge(threshold).to(ScalarType.Float64));

        var moved = MovedBy(new SamOptions { Rho = Rho, ElementMask = new ElementMaskOptions { Density = 0.3 } }, out _);

        AssertClose(expected, moved);
        Assert.Equal(kept, moved.Zip(weights, (after, before) => after.ne(before).sum().ToInt64()).Sum());
    }

    [Fact]
    public void An_element_mask_of_a_whole_number_of_entries_has_that_number()
    {
        // 0.07 * 100 is 7.000000000000001.
        using var parameter = new TorchSharp.Modules.Parameter(randn(100));
        parameter.grad = randn(100);
        Assert.Equal(7, MultiTensorProgram.TopEntries(Lists.Of(parameter), 0.07).Single().sum().ToInt64());
    }

    [Fact]
    public void An_element_mask_is_found_again_after_its_interval()
    {
        using var optimizer = new TestOptimizer(
            _model, new SamOptions { Rho = Rho, ElementMask = new ElementMaskOptions { Density = 0.2, Interval = 3 } }, UpdateRule.Sgd(0));
        var masks = new List<string>();
        for (var step = 0; step < 7; step++)
        {
            using var stepScope = NewDisposeScope();
            var batch = Batch.Random(7, 5, 3, ScalarType.Float64);
            var before = cat(Values());
            var after = before;
            var calls = 0;
            optimizer.Step(() =>
            {
                after = ++calls == 2 ? cat(Values()).DetachFromDisposeScope() : after;
                return batch.Loss(_model.call(batch.Input));
            });
            masks.Add(string.Concat(after.ne(before).data<bool>().Select(moved => moved ? '1' : '0')));
        }

        Assert.Equal([0, 0, 0, 1, 1, 1, 2], masks.Select(mask => masks.Distinct().ToList().IndexOf(mask)));
    }

    [Fact]
    public void Only_matrices_are_perturbed_where_the_options_say_so()
    {
        var (weights, gradients) = WeightsAndGradients();
        var length = Norm(gradients.Where(gradient => gradient.dim() > 1));
        var expected = weights.Zip(gradients, (weight, gradient) => weight.dim() > 1 ? weight + Rho / length * gradient : weight);
        AssertClose(expected, MovedBy(new SamOptions { Rho = Rho, Perturbable = PerturbableTensors.Matrices }, out _));
    }

    [Theory]
    [InlineData(UnperturbedGradient.SecondPass)]
    [InlineData(UnperturbedGradient.Mixed)]
    public void The_applied_gradient_is_the_mix_of_both_passes(UnperturbedGradient others)
    {
        const double Share = 0.7;
        var (weights, first) = WeightsAndGradients();
        var options = new SamOptions { Rho = Rho, PerturbedWeight = Share, Perturbable = PerturbableTensors.Matrices, Unperturbed = others };
        var second = GradientsAt(MovedBy(options, out _));
        var expected = Enumerable.Range(0, weights.Length).Select(i =>
            weights[i].dim() > 1 || others == UnperturbedGradient.Mixed ? (1 - Share) * first[i] + Share * second[i] : second[i]).ToArray();

        using var optimizer = new TestOptimizer(_model, options, UpdateRule.Sgd(0.1));
        optimizer.Step(Loss);

        AssertClose(weights.Zip(expected, (weight, gradient) => weight - 0.1 * gradient), _model.parameters().Select(parameter => parameter.detach()));
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].norm().ToDouble(), optimizer.Trained[i].GradientNorm, 1e-12);
        }
    }

    [Fact]
    public void The_norm_over_all_arms_counts_inactive_ones_as_they_were_last_seen()
    {
        // The first step sees every arm, since its first draw is below every probability; the others see the one whose draw is low.
        double[] draws = [0, 0, 0, .9, 0, .9, 0, .9, .9];
        using var optimizer = new TestOptimizer(
            _model,
            new UniformOptions
            {
                Rho = Rho,
                Norm = PerturbationNorm.All,
                Sparsity = 0.5,
                Sampling = LayerSampling.Independent,
                Draws = new Golden.RecordedDraws(draws),
            },
            UpdateRule.Sgd(0));
        var (weights, gradients) = WeightsAndGradients();
        optimizer.Step(Loss);
        foreach (var active in new[] { 1, 0 })
        {
            var moved = new List<Tensor[]>();
            optimizer.Step(() =>
            {
                moved.Add([.. _model.parameters().Select(parameter => parameter.detach().clone().DetachFromDisposeScope())]);
                return Loss();
            });
            var expected = weights.Select((weight, i) => i / 2 == active ? weight + Rho / Norm(gradients) * gradients[i] : weight);
            AssertClose(expected, moved[1]);
        }
    }

    [Fact]
    public void The_norm_over_all_arms_forgets_a_weight_of_which_other_entries_are_trained()
    {
        // Both arms are seen in the first step, the second one in the second.
        using var optimizer = new TestOptimizer(
            _model,
            new UniformOptions
            {
                Rho = Rho,
                Norm = PerturbationNorm.All,
                Sparsity = 0.5,
                Sampling = LayerSampling.Independent,
                Draws = new Golden.RecordedDraws([0, 0, 0, .9, 0, .9]),
            },
            UpdateRule.Sgd(0));
        var (weights, gradients) = WeightsAndGradients();
        optimizer.Step(Loss);
        optimizer.SetMask(optimizer.Trained[0], tensor(new long[] { 1, 2 }));
        Tensor[] moved = [];
        optimizer.Step(() =>
        {
            moved = [.. _model.parameters().Select(parameter => parameter.detach().clone().DetachFromDisposeScope())];
            return Loss();
        });
        AssertClose(weights.Select((weight, i) => i / 2 == 1 ? weight + Rho / Norm(gradients[1..]) * gradients[i] : weight), moved);
    }

    [Fact]
    public void A_second_pass_every_third_step_leaves_plain_steps_between()
    {
        using var optimizer = new TestOptimizer(_model, new SamOptions { Rho = Rho, AscentInterval = 3 }, UpdateRule.Sgd(0.01));
        var passes = new List<int>();
        for (var step = 0; step < 7; step++)
        {
            var calls = 0;
            var report = optimizer.Step(() =>
            {
                calls++;
                return Loss();
            });
            passes.Add(calls);
            Assert.Equal(calls == 2, report.SharpnessAware);
        }

        Assert.Equal([2, 1, 1, 2, 1, 1, 2], passes);
    }

    [Theory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float32)]
    public void The_perturbation_has_length_rho_in_any_precision_and_for_any_gradient(ScalarType dtype)
    {
        foreach (var scale in new[] { 1e-14, 1.0, 1e12 })
        {
            using var model = new Vector(dtype);
            using var optimizer = new TestOptimizer(model, new SamOptions { Rho = 0.5 }, UpdateRule.Sgd(0));
            var moved = 0.0;
            optimizer.Step(() =>
            {
                moved = model.Weight.detach().to(ScalarType.Float64).norm().ToDouble();
                return (model.Weight * model.Direction * scale).sum();
            });
            Assert.Equal(scale == 1e-14 ? 0.5 * 6e-14 / (6e-14 + 1e-12) : 0.5, moved, 0.004);
        }
    }

    private Tensor Loss() => _batch.Loss(_model.call(_batch.Input));

    private string[] Names() => [.. _model.named_parameters().Select(named => named.name)];

    private Tensor[] Values() => [.. _model.parameters().Select(parameter => parameter.detach().clone().reshape(-1))];

    private (Tensor[] Weights, Tensor[] Gradients) WeightsAndGradients()
    {
        Tensor[] weights = [.. _model.parameters().Select(parameter => parameter.detach().clone())];
        return (weights, GradientsAt(weights));
    }

    /// <summary>Autograd's gradients at some weights.</summary>
    private Tensor[] GradientsAt(Tensor[] weights)
    {
        var parameters = _model.parameters().ToArray();
        Tensor[] before = [.. parameters.Select(parameter => parameter.detach().clone())];
        Set(parameters, weights);
        var gradients = autograd.grad([Loss()], parameters);
        Set(parameters, before);
        return [.. gradients];
    }

    private static void Set(IEnumerable<Tensor> parameters, Tensor[] values)
    {
        using var _ = no_grad();
        foreach (var (parameter, value) in parameters.Zip(values))
        {
            parameter.copy_(value);
        }
    }

    /// <summary>The weights that the second pass of a step with a learning rate of 0 sees.</summary>
    private Tensor[] MovedBy(SharpnessOptions options, out StepReport report)
    {
        using var optimizer = new TestOptimizer(_model, options, UpdateRule.Sgd(0));
        Tensor[] moved = [];
        report = optimizer.Step(() =>
        {
            moved = [.. _model.parameters().Select(parameter => parameter.detach().clone().DetachFromDisposeScope())];
            return Loss();
        });
        return moved;
    }

    private static double Norm(IEnumerable<Tensor> tensors) => Math.Sqrt(tensors.Sum(tensor => tensor.square().sum().ToDouble()));

    private static void AssertClose(IEnumerable<Tensor> expected, IEnumerable<Tensor> actual)
    {
        var pairs = expected.Zip(actual).ToArray();
        Assert.NotEmpty(pairs);
        Assert.All(pairs, pair => Assert.True(pair.First.allclose(pair.Second, 0, 1e-11)));
    }
}
