using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Updating;

/// <summary>Which tensors weight decay shrinks: with gradients of 0 an update does nothing else.</summary>
public sealed class DecayedTensorsTests
{
    private const double Rate = 0.5;
    private const double Decay = 0.25;

    [Theory]
    [InlineData(DecayedTensors.Matrices)]
    [InlineData(DecayedTensors.All)]
    public void The_rule_s_decay_is_for_the_tensors_that_it_names_and_a_layer_s_own_for_all_of_the_layer(DecayedTensors decayed)
    {
        UpdateRule[] rules = [UpdateRule.AdamW(Rate, weightDecay: Decay), UpdateRule.Sgd(Rate, weightDecay: Decay), UpdateRule.Sgd(Rate, 0.9, weightDecay: Decay)];
        foreach (var rule in rules)
        {
            using var scope = NewDisposeScope();
            using var model = new Mlp(["none", "none"], 4, 3, 3, 2);
            using var optimizer = new TestOptimizer(model, new SamOptions(), rule with { DecayedTensors = decayed });
            optimizer.Group("linear1").WeightDecay = 2 * Decay;
            optimizer.Group("linear2").LearningRate = Rate / 2;
            var before = model.Linears.SelectMany(linear => new[] { linear.weight!.detach().clone(), linear.bias!.detach().clone() }).ToArray();

            optimizer.Step(() => (model.call(ones(2, 4, dtype: ScalarType.Float64)) * 0).sum());

            var vector = decayed == DecayedTensors.All ? Decay : 0;
            double[] factors = [1 - Rate * Decay, 1 - Rate * vector, 1 - Rate * 2 * Decay, 1 - Rate * 2 * Decay, 1 - Rate / 2 * Decay, 1 - Rate / 2 * vector];
            Assert.Equal(Decay, optimizer.Group("linear2").WeightDecay);
            Assert.All(model.parameters().Zip(before, factors), each => Assert.True(each.First.detach().allclose(each.Second * each.Third, 1e-12, 1e-15)));
        }
    }
}
