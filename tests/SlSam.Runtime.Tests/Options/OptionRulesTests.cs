using SlSam.Runtime.Tests.Lora;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Options;

public sealed class OptionRulesTests
{
    private static readonly UpdateRule Sgd = UpdateRule.Sgd(0.1);

    /// <summary>What is refused, and a part of the message.</summary>
    private static readonly Dictionary<string, (Func<ISamModel> Model, SharpnessOptions Options, UpdateRule Rule, string Message)> Cases = new()
    {
        ["adaptive, plain"] = (Perceptron, new PlainOptions { Adaptive = new() }, Sgd, "PlainOptions perturbs none"),
        ["adaptive, single pass"] = (Perceptron, new SamOptions { SinglePass = true, Adaptive = new() }, Sgd, "SinglePass = true perturbs none"),
        ["element mask, single pass"] = (Perceptron, new SlSamOptions { SinglePass = true, ElementMask = new() }, Sgd, "ElementMask says which entries"),
        ["sign of another metric"] = (
            Perceptron, new SamOptions { Sparse = new() { GraspSign = GraspSign.Released } }, Sgd, "GraspSign is Released, but Metric is Gradient"),
        ["Hessian of another metric"] = (
            Perceptron,
            new SamOptions { Sparse = new() { Metric = SalienceMetric.Snip, HessianProduct = HessianProduct.FiniteDifferences } },
            Sgd,
            "HessianProduct is FiniteDifferences, but Metric is Snip"),
        ["falling alpha without steps"] = (Product.Toy, Bar(new() { Decay = AlphaDecay.Linear }), Sgd, "TotalSteps = 0"),
        ["BAR without pairs"] = (Perceptron, Bar(new()), Sgd, "no low-rank pair"),
        ["oBAR of a chain"] = (() => new Product(ones(2, 2), ones(2, 2), ones(2, 2), ones(2, 2)), Bar(new() { Rule = BarRule.Obar }), Sgd, "has 3 factors"),
        ["BAR through a mask"] = (Masked, Bar(new()) with { Sparse = new() { Metric = SalienceMetric.Random } }, Sgd, "layer '1' trains its factor"),
        ["LoRA+ without pairs"] = (Perceptron, new PlainOptions(), Sgd with { LoraPlusRatio = 16 }, "LoraPlusRatio is 16"),
        ["two devices"] = (() => new Apart(), new PlainOptions(), Sgd, "cpu: 'near'; meta: 'far'"),
    };

    public static TheoryData<string> Names => new(Cases.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_cannot_be_meant_is_refused_before_anything_changes(string name)
    {
        using var scope = NewDisposeScope();
        var (create, options, rule, message) = Cases[name];
        var model = create();
        var error = Assert.Throws<ArgumentException>(() => new TestOptimizer(model, options, rule));
        Assert.Contains(message, error.Message);
        Assert.All(((nn.Module)model).parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void A_method_of_a_single_pass_needs_no_way_to_cut_the_batch()
    {
        using var scope = NewDisposeScope();
        SharpnessOptions[] methods =
        [
            new PlainOptions { AscentFraction = 0.5, PerturbedWeight = 0.3 },
            new SamOptions { AscentFraction = 0.5, SinglePass = true },
            new SamOptions { AscentFraction = 0.5, Rho = 0 },
            new SamOptions { AscentFraction = 0.5, PerturbedWeight = 0 },
            new RandomStepOptions { AscentFraction = 0.5, Probability = 0 },
        ];
        foreach (var options in methods)
        {
            using var model = new Mlp(["tanh"], 3, 4, 2);
            using var optimizer = new TestOptimizer(model, options, Sgd);
            var calls = 0;
            var report = optimizer.Step(() =>
            {
                calls++;
                return model.call(ones(2, 3, dtype: ScalarType.Float64)).square().sum();
            });
            Assert.Equal((StepOutcome.Updated, false, 1), (report.Outcome, report.SharpnessAware, calls));
        }
    }

    private static Mlp Perceptron() => new(["tanh"], 3, 4, 2);

    private static PlainOptions Bar(BarOptions options) => new() { Balancedness = options };

    private static Mlp Masked() => new([], 3, 2, 3)
    {
        Describe = (index, linear) => new SamLayer($"{index}", SamLayerKind.Linear, -1, linear) { SparseDelta = index == 1 },
        Pairs = [(0, 1)],
    };

    /// <summary>A model with a parameter on another device.</summary>
    private sealed class Apart : nn.Module, ISamModel
    {
        private readonly Parameter _near = new(zeros(2));
        private readonly Parameter _far = new(zeros(2, device: META));

        public Apart()
            : base(nameof(Apart))
        {
            register_parameter("near", _near);
            register_parameter("far", _far);
        }

        IReadOnlyList<SamLayer> ISamModel.CreateLayers() =>
            [new SamLayer("near", SamLayerKind.Parameter, -1, _near), new SamLayer("far", SamLayerKind.Parameter, -1, _far)];
    }
}
