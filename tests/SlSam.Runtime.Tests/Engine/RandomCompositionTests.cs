using SlSam.Runtime.Tests.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Engine;

/// <summary>
/// What holds for a step holds whatever it is put together from: methods, options, update rules, kinds of layers, masks, low-rank pairs, stages and failures,
/// all of them at random.
/// </summary>
public sealed class RandomCompositionTests
{
    private const int Steps = 10;
    private static readonly Func<Tensor, Tensor, Tensor> s_loss = (logits, target) => nn.functional.cross_entropy(logits, target);

    public static TheoryData<int> Seeds => new(Enumerable.Range(0, 60));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_step_happens_as_promised_or_not_at_all(int seed)
    {
        using var scope = NewDisposeScope();
        manual_seed(seed);
        var random = new Random(seed);
        using var model = new RandomModel(seed, still: false);
        var required = model.parameters().Select(parameter => parameter.requires_grad).ToArray();
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var optimizer = Build(model, Options(random), Rule(random, out var moves)))
        {
            var staged = random.Next(2) == 0;
            for (var step = 0; step < Steps && optimizer is not null; step++)
            {
                using var stepScope = NewDisposeScope();
                var before = model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone());
                var failure = random.Next(3) == 0 ? (Failure)random.Next(1, 4) : Failure.None;
                var happened = Step(model, optimizer, NextBatch(), staged, failure, failingPass: random.Next(1, 3)) == StepOutcome.Updated;
                AssertKept(model, optimizer, before, happened, moves);
            }
        }

        Assert.Equal(required, model.parameters().Select(parameter => parameter.requires_grad));
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Stages_and_failures_change_nothing_about_a_run(int seed)
    {
        using var scope = NewDisposeScope();
        manual_seed(seed);
        var random = new Random(seed);
        using var staged = new RandomModel(seed, still: true);
        using var whole = new RandomModel(seed, still: true);
        whole.load_state_dict(staged.state_dict());
        var options = Options(random);
        var rule = Rule(random, out _);
        using var left = Build(staged, options, rule);
        using var right = Build(whole, options, rule);
        for (var step = 0; step < Steps && left is not null && right is not null; step++)
        {
            using var stepScope = NewDisposeScope();
            var other = NextBatch();
            var refused = left.Step(other.Input, other.Target, (logits, target) => s_loss(logits, target) * double.NaN);
            if (refused.SharpnessAware)
            {
                Step(staged, left, other, staged: true, step % 2 == 0 ? Failure.Throws : Failure.IsNaN, failingPass: 2);
            }

            if (refused.Outcome == StepOutcome.NoGradient)
            {
                // Nothing that was chosen is trained: the choice is spent.
                Step(whole, right, other, staged: false, Failure.IsNaN, failingPass: 1);
            }

            var batch = NextBatch();
            var report = left.Step(batch.Input, batch.Target, s_loss);
            Assert.Equal(Step(whole, right, batch, staged: false, Failure.None, failingPass: 0), report.Outcome);
            Assert.Equal(right.Arms.Select(arm => arm.Role), left.Arms.Select(arm => arm.Role));
        }

        var state = whole.state_dict();
        Assert.All(staged.state_dict(), pair => Assert.True(pair.Value.allclose(state[pair.Key], 1e-6, 1e-9), $"{pair.Key}: {options} {rule}"));
    }

    private enum Failure
    {
        None,
        Throws,
        IsNaN,
        IsDetached,
    }

    private static Batch NextBatch() => Batch.Random(8, RandomModel.Width, 3, ScalarType.Float64);

    /// <summary>Runs a step of which a pass may fail.</summary>
    /// <returns>How it ended; null where it threw what it should.</returns>
    private static StepOutcome? Step(RandomModel model, RandomOptimizer optimizer, Batch batch, bool staged, Failure failure, int failingPass)
    {
        var pass = 0;
        Tensor Loss(Tensor logits, Tensor target)
        {
            var loss = s_loss(logits, target);
            return ++pass != failingPass ? loss : failure switch
            {
                Failure.Throws => throw new TimeoutException(),
                Failure.IsNaN => loss * double.NaN,
                Failure.IsDetached => loss.detach(),
                _ => loss,
            };
        }

        try
        {
            return staged
                ? optimizer.Step(batch.Input, batch.Target, Loss).Outcome
                : optimizer.Step(slice => Loss(model.call(slice.Of(batch.Input)), slice.Of(batch.Target))).Outcome;
        }
        catch (Exception error) when (
            error is TimeoutException || (failure == Failure.IsDetached && error.Message.StartsWith("The loss does not depend", StringComparison.Ordinal)))
        {
            return null;
        }
    }

    private static void AssertKept(RandomModel model, RandomOptimizer optimizer, Dictionary<string, Tensor> before, bool happened, bool moves)
    {
        var active = optimizer.Trained.Where(trained => happened && moves && (trained.Arm < 0 || optimizer.Arms[trained.Arm].IsActive))
            .ToDictionary<TrainedParameter, object>(trained => trained.Parameter, ReferenceEqualityComparer.Instance);
        foreach (var (name, parameter) in model.named_parameters())
        {
            var kept = before[name];
            if (active.TryGetValue(parameter, out var trained))
            {
                Assert.True(parameter.isfinite().all().item<bool>(), $"{name} is not finite.");
                kept = trained.Mask is { } mask ? kept.view(-1).index_copy_(0, mask.Indices, parameter.detach().take(mask.Indices)).view(parameter.shape) : parameter;
            }

            Assert.True(Snapshot.Same(kept, parameter), $"{name} has changed.");
        }

        foreach (var (name, buffer) in model.named_buffers().Where(named => !happened || named.name.EndsWith("tracked", StringComparison.Ordinal)))
        {
            Assert.True(Snapshot.Same(before[name] + (happened ? 1 : 0), buffer), $"{name} has moved.");
        }
    }

    /// <summary>Builds and scores; null where the options ask for what the model has not, and the model is as it was.</summary>
    internal static RandomOptimizer? Build(RandomModel model, SharpnessOptions options, UpdateRule rule)
    {
        RandomOptimizer optimizer;
        try
        {
            optimizer = new RandomOptimizer(model, options, rule);
        }
        catch (ArgumentException error) when (error.Message.Contains("low-rank pair", StringComparison.Ordinal))
        {
            return null;
        }

        if (((ISamModel)model).CreateLayers().Any(layer => layer.SparseDelta) && optimizer.Trained.Any(trained => trained.Group.Layer.SparseDelta))
        {
            using var scope = NewDisposeScope();
            var input = linspace(-1, 1, 4 * RandomModel.Width, dtype: ScalarType.Float64).reshape(4, RandomModel.Width).DetachFromDisposeScope();
            optimizer.Score([new ScoreBatch(4, () => model.call(input).square().mean())]);
            input.Dispose();
        }

        return optimizer;
    }

    internal static SharpnessOptions Options(Random random)
    {
        bool Chance() => random.Next(3) == 0;
        var sampling = (LayerSampling)random.Next(3);
        var singlePass = random.Next(10) == 0;
        SharpnessOptions options = random.Next(6) switch
        {
            0 => new SlSamOptions { Sparsity = 0.4, Sampling = sampling },
            1 => new UniformOptions { Sparsity = 0.4, Sampling = sampling },
            2 => new LayerWiseSamOptions { Count = random.Next(1, 3), Interval = random.Next(1, 4), Explore = Chance() },
            3 => new RandomStepOptions(),
            4 => new SamOptions(),
            _ => new SlSamOptions { Sparsity = 0.2, BanditLearningRate = 0.1, Sampling = sampling },
        };
        return options with
        {
            Seed = random.Next(),
            Rho = Chance() ? 0 : 0.3,
            Adaptive = !singlePass && Chance() ? new() { IncludeBiases = Chance() } : null,
            ElementMask = !singlePass && Chance() ? new() { Density = 0.3, Interval = random.Next(1, 4) } : null,
            Norm = (PerturbationNorm)random.Next(2),
            Perturbable = (PerturbableTensors)random.Next(2),
            PerturbedWeight = random.Next(4) switch { 0 => 0.7, 1 => 0.01, 2 => Chance() ? 0 : 1, _ => 1 },
            Unperturbed = (UnperturbedGradient)random.Next(2),
            AscentInterval = Chance() ? 2 : 1,
            AscentFraction = Chance() ? 0.5 : 1,
            SinglePass = singlePass,
            Granularity = (ArmGranularity)random.Next(2),
            Balancedness = Chance() ? new BarOptions { Rule = (BarRule)random.Next(3) } : null,
            Sparse = new()
            {
                Metric = Chance() ? SalienceMetric.Random : SalienceMetric.Gradient,
                Density = 0.3,
                Scope = (SparseScope)random.Next(3),
                Remainder = (SparseRemainder)random.Next(3),
            },
        };
    }

    internal static UpdateRule Rule(Random random, out bool moves)
    {
        moves = random.Next(4) != 0;
        var learningRate = moves ? 0.01 : 0;
        var rule = random.Next(4) switch
        {
            0 => UpdateRule.AdamW(learningRate),
            1 => UpdateRule.Adam(learningRate, weightDecay: 0.1),
            2 => UpdateRule.Sgd(learningRate, weightDecay: 0.1),
            _ => UpdateRule.Sgd(learningRate, momentum: 0.9, nesterov: true),
        };
        return rule with { LoraPlusRatio = random.Next(2) == 0 ? 4 : 1 };
    }
}
