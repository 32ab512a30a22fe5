using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Engine;

/// <summary>A step that is refused leaves no trace: a run with such steps in it ends with the same bits as one without.</summary>
public sealed class RefusedStepTests
{
    [Theory]
    [MemberData(nameof(Compositions.Names), MemberType = typeof(Compositions))]
    public void A_run_goes_on_as_if_it_had_not_been_tried(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(9);
        var options = Compositions.All[name];
        using var disturbed = new StagedClassifier(blocks: 4, width: 8, classes: 3, normalize: true);
        using var calm = new StagedClassifier(blocks: 4, width: 8, classes: 3, normalize: true);
        calm.load_state_dict(disturbed.state_dict());
        using var left = new StagedClassifierSlSam(disturbed, options, UpdateRule.AdamW(0.01));
        using var right = new StagedClassifierSlSam(calm, options, UpdateRule.AdamW(0.01));
        for (var step = 0; step < 12; step++)
        {
            using var stepScope = NewDisposeScope();
            var batch = Batch.Random(8, 8, 3);
            if (step % 2 == 1)
            {
                Refuse(left, disturbed, throws: step % 3 == 0);
            }

            Func<Tensor, Tensor, Tensor> loss = (logits, target) => nn.functional.cross_entropy(logits, target);
            Assert.Equal(right.Step(batch.Input, batch.Target, loss), left.Step(batch.Input, batch.Target, loss));
        }

        var state = calm.state_dict();
        Assert.All(disturbed.state_dict(), pair => Assert.True(Snapshot.Same(pair.Value, state[pair.Key]), pair.Key));
        Assert.Equal(right.Arms.Select(arm => arm.Probability), left.Arms.Select(arm => arm.Probability));
    }

    /// <summary>Steps on another batch that fail in their first and, where they have one, in their second pass.</summary>
    private static void Refuse(StagedClassifierSlSam optimizer, StagedClassifier model, bool throws)
    {
        var batch = Batch.Random(8, 8, 3);
        var before = new Snapshot(model);
        for (var badPass = 1; badPass <= 2; badPass++)
        {
            var calls = 0;
            var report = optimizer.Step(batch.Input, batch.Target, (logits, target) =>
                nn.functional.cross_entropy(logits, target) * (++calls == badPass ? double.NaN : 1));
            Assert.Equal(badPass == 1 ? StepOutcome.NonFiniteFirstPass : StepOutcome.NonFiniteSecondPass, report.Outcome);
            if (throws)
            {
                calls = 0;
                Assert.Throws<TimeoutException>(() => optimizer.Step(batch.Input, batch.Target, (logits, target) =>
                    ++calls == badPass ? throw new TimeoutException() : nn.functional.cross_entropy(logits, target)));
            }

            if (!report.SharpnessAware)
            {
                break;
            }
        }

        Assert.Empty(before.Changed());
    }
}
