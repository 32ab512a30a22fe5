using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Engine;

public sealed class ConstructionTests
{
    [Fact]
    public void An_optimizer_that_cannot_be_built_leaves_the_model_as_it_was()
    {
        using var scope = NewDisposeScope();
        using var model = new Mlp(["tanh", "tanh"], 3, 4, 3, 2)
        {
            Describe = (index, linear) => new SamLayer($"{index}", SamLayerKind.Linear, -1, linear) { Frozen = index == 0, SparseDelta = index == 1 },
        };
        using (no_grad())
        {
            model.Linears[1].weight!.fill_(double.NaN);
        }

        var options = new SamOptions { Sparse = new() { Metric = SalienceMetric.Magnitude } };
        Assert.Throws<InvalidOperationException>(() => new TestOptimizer(model, options, UpdateRule.Sgd(0.1)));
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void A_masked_parameter_that_the_model_has_not_registered_is_refused_by_its_layers_name()
    {
        using var scope = NewDisposeScope();
        using var stray = nn.Linear(4, 2, dtype: ScalarType.Float64);
        using var model = new Mlp([], 3, 4)
        {
            Describe = (_, _) => new SamLayer("stray", SamLayerKind.Linear, -1, stray) { SparseDelta = true },
        };
        var error = Assert.Throws<ArgumentException>(() => new TestOptimizer(model, new SamOptions(), UpdateRule.Sgd(0.1)));
        Assert.StartsWith("Layer 'stray' is marked [SparseDelta], but its parameter 'weight' is not registered", error.Message);
        Assert.True(stray.weight!.requires_grad);
    }

    [Fact]
    public void An_optimizer_may_outlive_its_model()
    {
        using var scope = NewDisposeScope();
        var model = new Mlp(["tanh"], 3, 4, 2);
        var optimizer = new TestOptimizer(model, new SlSamOptions { Sparsity = 0.5 }, UpdateRule.AdamW());
        var batch = Batch.Random(4, 3, 2, ScalarType.Float64);
        optimizer.Step(() => batch.Loss(model.call(batch.Input)));
        model.Dispose();
        optimizer.Dispose();
    }
}
