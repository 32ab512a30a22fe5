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
        using (var optimizer = RandomCompositions.Build(model, RandomCompositions.Options(random), RandomCompositions.Rule(random, out var moves)))
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
        var options = RandomCompositions.Options(random);
        var rule = RandomCompositions.Rule(random, out _);
        using var left = RandomCompositions.Build(staged, options, rule);
        using var right = RandomCompositions.Build(whole, options, rule);
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
}
