using SlSam.Runtime.Tests.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Lora;

/// <summary>LoRA+: two optimizers of the provider's, one for A and one for B, do the same.</summary>
public sealed class LoraPlusTests
{
    public static TheoryData<string> Rules => new(Cases.Keys);

    private static readonly Dictionary<string, (UpdateRule Rule, Func<IEnumerable<Parameter>, double, optim.Optimizer> Reference)> Cases = new()
    {
        ["sgd"] = (UpdateRule.Sgd(0.01, 0.9), (parameters, ratio) => optim.SGD(parameters, 0.01 * ratio, 0.9)),
        ["adamw"] = (UpdateRule.AdamW(0.01, weightDecay: 0.1), (parameters, ratio) => optim.AdamW(parameters, 0.01 * ratio, weight_decay: 0.1)),
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void B_has_a_multiple_of_the_layers_learning_rate_that_a_scheduler_drives_along(string name)
    {
        const double ratio = 16;
        using var scope = NewDisposeScope();
        var (rule, reference) = Cases[name];
        using var ours = Product.Toy();
        using var theirs = Product.Toy();
        using var optimizer = new TestOptimizer(ours, new PlainOptions(), rule with { LoraPlusRatio = ratio });
        using var ofA = reference([theirs[0]], 1);
        using var ofB = reference([theirs[1]], ratio);
        var schedulers = new[] { optimizer, ofA, ofB }.Select(each => optim.lr_scheduler.StepLR(each, 3, 0.5)).ToArray();
        for (var step = 0; step < 10; step++)
        {
            optimizer.Step(ours.Loss);
            ofA.zero_grad();
            ofB.zero_grad();
            theirs.Loss().backward();
            ofA.step();
            ofB.step();
            Array.ForEach(schedulers, scheduler => scheduler.step());
        }

        Assert.True(Snapshot.Same(theirs[0], ours[0]));
        Assert.InRange((theirs[1] - ours[1]).abs().max().item<double>(), 0, 1e-14); // 16 * (0.01 / 2^k) rounds as (16 * 0.01) / 2^k
        Assert.Throws<ArgumentOutOfRangeException>(() => rule with { LoraPlusRatio = -1 });
    }

    [Fact]
    public void B_has_its_learning_rate_also_beside_a_frozen_A()
    {
        using var scope = NewDisposeScope();
        using var model = new Mlp(["none"], 5, 4, 3) { Pairs = [(0, 1)] };
        model.Linears[0].weight!.requires_grad = false;
        using var optimizer = new TestOptimizer(model, new PlainOptions(), UpdateRule.Sgd(0.1) with { LoraPlusRatio = 16 });
        var b = model.Linears[1].weight!;
        var before = b.detach().clone();
        var batch = Batch.Random(8, 5, 3, ScalarType.Float64);
        optimizer.Step(() => batch.Loss(model.call(batch.Input)));
        Assert.True((before - b).allclose(1.6 * b.grad!, 1e-12));
    }
}
