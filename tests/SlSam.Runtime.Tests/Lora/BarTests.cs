using System.Globalization;
using SlSam.LibTorch.Tests.Reference;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Lora;

/// <summary>Balancedness-aware regularization against its formulas written in PyTorch, and against what follows from them in closed form.</summary>
public sealed class BarTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public BarTests() => manual_seed(11);

    public void Dispose() => _scope.Dispose();

    [SkippableTheory]
    [InlineData(BarRule.Nbar, AlphaDecay.Constant, 2)]
    [InlineData(BarRule.Nbar, AlphaDecay.Linear, 2)]
    [InlineData(BarRule.Obar, AlphaDecay.Constant, 2)]
    [InlineData(BarRule.Obar, AlphaDecay.Cosine, 2)]
    [InlineData(BarRule.Gbar, AlphaDecay.Constant, 2)]
    [InlineData(BarRule.Gbar, AlphaDecay.Linear, 3)]
    public void Steps_are_those_of_the_formulas_in_PyTorch(BarRule rule, AlphaDecay decay, int factors)
    {
        // Sizes differ, so that now one factor and now the other is longer, or has the longer gradient.
        var start = Enumerable.Range(0, factors).Select(i => randn(4, 4, dtype: ScalarType.Float64) * (0.4 + 0.3 * i)).ToArray();
        var target = randn(4, 4, dtype: ScalarType.Float64);
        using var model = new Product(target, start);
        var options = new PlainOptions { Balancedness = new BarOptions { Rule = rule, Alpha = 2, Decay = decay, TotalSteps = 10 } };
        using var optimizer = new TestOptimizer(model, options, UpdateRule.AdamW(0.05, weightDecay: 0.1));
        for (var step = 0; step < 12; step++)
        {
            optimizer.Step(model.Loss);
        }

        PyTorch.AssertSame(
            $$"""
            G = [{{string.Join(", ", start.Select(factor => AdapterCase.Python(factor) + ".requires_grad_()"))}}]
            M = {{AdapterCase.Python(target)}}
            optimizer = torch.optim.AdamW(G, lr=0.05, weight_decay=0.1)
            def decay(t):
                done = min(1, t / 10)
                return {"Constant": 1, "Linear": 1 - done, "Cosine": (1 + math.cos(math.pi * done)) / 2}["{{decay}}"]
            for t in range(12):
                optimizer.zero_grad()
                product = G[0]
                for factor in G[1:]: product = product @ factor
                ((product - M) ** 2).sum().backward()
                a = 2 * decay(t) * 0.05
                g = [factor.grad.norm() for factor in G]
                with torch.no_grad():
                    if "{{rule}}" == "Nbar":
                        s = 1 if g[0] >= g[1] else -1
                        scales = [1 + s * a, 1 - s * a]
                    elif "{{rule}}" == "Obar":
                        s = 1 if G[0].norm() >= G[1].norm() else -1
                        scales = [1 - s * a, 1 + s * a]
                    else:
                        gamma = [x ** 2 for x in g]
                        mean = sum(gamma) / len(gamma)
                        scales = [1 + a * (c - mean) / (sum(gamma) ** 0.5 * factor.norm()) for c, factor in zip(gamma, G)]
                    for factor, scale in zip(G, scales): factor *= scale
                optimizer.step()
            out.update({f"factor{i}": factor for i, factor in enumerate(G)})
            """,
            model.named_parameters().Select(named => (named.name, (Tensor)named.parameter)));
    }

    [Theory]
    [InlineData(BarRule.Nbar)]
    [InlineData(BarRule.Obar)]
    public void One_step_leaves_the_product_as_it_is_but_for_1_minus_a_squared(BarRule rule)
    {
        // The learning rate is so small that the update itself changes the product in the ninth digit only; a = 0.3.
        using var model = Product.Toy();
        var before = model[0].matmul(model[1]).detach();
        using var optimizer = new TestOptimizer(
            model, new PlainOptions { Balancedness = new BarOptions { Rule = rule, Alpha = 0.3e9 } }, UpdateRule.Sgd(1e-9));
        var balancedness = optimizer.LoraPairs[0].Balancedness();
        optimizer.Step(model.Loss);

        AssertNear(0.91 * before, model[0].matmul(model[1]), 1e-8);
        Assert.True(Math.Abs(optimizer.LoraPairs[0].Balancedness() - balancedness) > 0.1);
    }

    [Fact]
    public void Balancedness_under_SGD_changes_by_half_eta_squared_times_the_difference_of_squared_gradient_norms()
    {
        const double eta = 0.01;
        using var model = Product.Toy();
        using var optimizer = new TestOptimizer(model, new PlainOptions(), UpdateRule.Sgd(eta));
        for (var step = 0; step < 20; step++)
        {
            var before = optimizer.LoraPairs[0].Balancedness();
            optimizer.Step(model.Loss);
            var (gx, gy) = (Square(model[0].grad!), Square(model[1].grad!));
            Assert.InRange(optimizer.LoraPairs[0].Balancedness() - before - eta * eta / 2 * (gx - gy), -1e-15, 1e-15);
        }
    }

    [Fact]
    public void Balancedness_under_SAM_follows_the_papers_flow_within_its_bound()
    {
        // Theorem 2: dB/dt = rho (|gx|^2 - |gy|^2) / sqrt(|gx|^2 + |gy|^2) + O(rho^2 L). The loss is a polynomial, so L has a bound along the path, and
        // with eta = 1e-4 a step is close to the flow: what is left of it is eta/2 |h|^2, with the gradient h of the second pass.
        const double eta = 1e-4;
        const double rho = 0.02;
        using var model = Product.Toy();
        using var optimizer = new TestOptimizer(model, new SamOptions { Rho = rho }, UpdateRule.Sgd(eta));
        var (start, flow, bound) = (optimizer.LoraPairs[0].Balancedness(), 0.0, 0.0);
        for (var step = 0; step < 3000; step++)
        {
            using var scope = NewDisposeScope();
            var (gx, gy, lipschitz) = Gradients(model, rho);
            optimizer.Step(model.Loss);
            flow += eta * rho * (gx - gy) / Math.Sqrt(gx + gy);
            bound += eta * (rho * rho * lipschitz + eta / 2 * (Square(model[0].grad!) + Square(model[1].grad!)));
        }

        var moved = optimizer.LoraPairs[0].Balancedness() - start;
        Assert.InRange(Math.Abs(moved - flow), 0, bound);
        Assert.True(Math.Abs(flow) > 5 * bound, $"The flow {flow} is not told from the bound {bound}.");
    }

    [Fact]
    public void A_factor_that_is_0_stays_a_number()
    {
        foreach (var rule in Enum.GetValues<BarRule>())
        {
            using var model = new Product(
                ones(3, 3, dtype: ScalarType.Float64), randn(3, 2, dtype: ScalarType.Float64), zeros(2, 3, dtype: ScalarType.Float64));
            using var optimizer = new TestOptimizer(model, new PlainOptions { Balancedness = new BarOptions { Rule = rule } }, UpdateRule.Sgd(0.01));
            var first = optimizer.Step(model.Loss).Loss;
            optimizer.Step(model.Loss);
            Assert.True(optimizer.Step(model.Loss).Loss < first);
        }
    }

    [Fact]
    public void Only_pairs_that_a_step_updates_are_balanced_and_a_refused_step_counts_for_nothing()
    {
        using var model = new Tagger(blocks: 3);
        using var lora = new LoraModel(model, new LoraOptions { Rank = 2 }, LoraTargets.Named("conv", "query"));
        foreach (var (_, adapter) in lora.Adapters)
        {
            nn.init.normal_(adapter.B);
        }

        using var optimizer = new LoraModelSlSam(
            lora,
            new SlSamOptions
            {
                Sparsity = 0.3,
                Balancedness = new BarOptions { Rule = BarRule.Obar, Alpha = 100, Decay = AlphaDecay.Linear, TotalSteps = 1000 },
            },
            UpdateRule.AdamW(1e-3));
        var (input, target) = Tagger.Batch();
        for (var step = 0; step < 20; step++)
        {
            var before = new Snapshot(model);
            optimizer.Step(() => model.Loss(input, target));
            var active = optimizer.Arms.Where(arm => arm.IsActive).Select(arm => $"{arm.Name}.lora.").ToArray();
            Assert.InRange(active.Length, 1, 5);
            Assert.All(before.Changed(), name => Assert.Contains(active, name.StartsWith));
        }

        var refused = new Snapshot(model);
        Assert.NotEqual(StepOutcome.Updated, optimizer.Step(() => model.Loss(input, target) * double.NaN).Outcome);
        Assert.Empty(refused.Changed());
    }

    [Fact]
    public void Where_a_factor_is_trained_through_a_mask_its_trained_entries_are_balanced()
    {
        const double rate = 0.01;
        const double a = 0.5 * rate;
        using var model = Product.Toy();
        using var optimizer = new TestOptimizer(model, new PlainOptions { Balancedness = new BarOptions { Alpha = 0.5 } }, UpdateRule.Sgd(rate));
        var trained = tensor(new long[] { 0, 2 });
        optimizer.SetMask(optimizer.Trained[0], trained);
        var (x, y) = (model[0].detach().clone(), model[1].detach().clone());
        using var reference = Product.Toy();
        reference.Loss().backward();
        var (gx, gy) = (reference[0].grad!, reference[1].grad!);
        var sign = Square(gx.take(trained)) >= Square(gy) ? 1 : -1;

        optimizer.Step(model.Loss);

        var mask = tensor(new[] { 1.0, 0, 1 }).view(3, 1);
        AssertNear(x * (1 + sign * a * mask) - rate * gx * mask, model[0], 1e-15);
        AssertNear(y * (1 - sign * a) - rate * gy, model[1], 1e-15);
    }

    [Fact]
    public void The_balancedness_of_many_pairs_is_that_of_each()
    {
        using var model = new Tagger();
        using var lora = new LoraModel(model, new LoraOptions(), LoraTargets.AllLinear);
        var pairs = ((ISamModel)lora).CreateLoraPairs();
        Assert.Equal(
            pairs.Select(pair => (Square(pair.A) - Square(pair.B)) / 2),
            LoraPair.Balancedness(pairs),
            (expected, actual) => Math.Abs(expected - actual) < 1e-12);
        Assert.Empty(LoraPair.Balancedness([]));
    }

    [Theory]
    [InlineData(AlphaDecay.Constant, 2, 2, 2)]
    [InlineData(AlphaDecay.Linear, 2, 1.5, 0)]
    [InlineData(AlphaDecay.Cosine, 2, 1.7071067811865475, 0)]
    public void Alpha_falls_as_it_is_told(AlphaDecay decay, double atStart, double atQuarter, double after)
    {
        var options = new BarOptions { Alpha = 2, Decay = decay, TotalSteps = 100 };
        Assert.Equal(atStart, options.AlphaAt(0), 1e-12);
        Assert.Equal(atQuarter, options.AlphaAt(25), 1e-12);
        Assert.Equal(after, options.AlphaAt(250), 1e-12);
        Assert.Equal(after, (options with { TotalSteps = 0 }).AlphaAt(0), 1e-12);
    }

    [Fact]
    public void What_cannot_be_balanced_is_refused()
    {
        Assert.Contains("Alpha is -1", Assert.Throws<ArgumentOutOfRangeException>(() => new BarOptions { Alpha = -1 }).Message);
        Assert.Contains("one of Nbar, Obar, Gbar", Assert.Throws<ArgumentOutOfRangeException>(() => new BarOptions { Rule = (BarRule)7 }).Message);
        Assert.Contains("TotalSteps is -1", Assert.Throws<ArgumentOutOfRangeException>(() => new BarOptions { TotalSteps = -1 }).Message);

        using var model = Product.Toy();
        using var optimizer = new TestOptimizer(model, new PlainOptions { Balancedness = new BarOptions { Alpha = 20 } }, UpdateRule.Sgd(0.05));
        var before = new Snapshot(model);
        Assert.Contains("alpha 20 times the learning rate 0.05", Assert.Throws<InvalidOperationException>(() => optimizer.Step(model.Loss)).Message);
        Assert.Empty(before.Changed());
    }

    /// <summary>The squared gradient norms at the weights, and a bound of the gradient's Lipschitz constant within rho of them.</summary>
    private static (double X, double Y, double Lipschitz) Gradients(Product model, double rho)
    {
        using var _ = no_grad();
        var residual = model.Residual();
        var (x, y) = (model[0], model[1]);
        var (xNorm, yNorm) = (Math.Sqrt(Square(x)) + rho, Math.Sqrt(Square(y)) + rho);
        var target = Math.Sqrt(Square(x.matmul(y) - residual));

        // The Hessian's blocks are 2|y|^2 I, 2|x|^2 I and, off the diagonal, at most 4|x||y| + 2|M|.
        var lipschitz = 2 * Math.Max(xNorm * xNorm, yNorm * yNorm) + 4 * xNorm * yNorm + 2 * target;
        return (Square(2 * residual.matmul(y.t())), Square(2 * x.t().matmul(residual)), lipschitz);
    }

    private static double Square(Tensor values) => values.square().sum().ToDouble();

    private static void AssertNear(Tensor expected, Tensor actual, double tolerance) =>
        Assert.InRange((expected - actual).abs().max().item<double>(), 0, tolerance);
}
