using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Compiler.Tests.Generator;

/// <summary>What generated code does when it runs.</summary>
public sealed class GeneratedModelTests
{
    private const string Usings = """
        using System;
        using SlSam;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;

        """;

    /// <summary>A base class that registers before the derived class has assigned its fields, as a constructor may.</summary>
    private const string Components = Usings + """
        public abstract class Base : nn.Module<Tensor, Tensor>
        {
            protected readonly Linear stem = nn.Linear(2, 2);
            protected Base() : base("m") => RegisterComponents();
        }

        [SamModel]
        public sealed partial class Net : Base
        {
            [SamLayer] private readonly Linear body;
            [SamLayer] private readonly ModuleList<Linear> blocks;
            [SamLayer] private readonly Sequential head;
            [SamLayer] private readonly Parameter scale;
            private readonly Tensor weight;
            private readonly Tensor positions;
            private readonly Tensor? mask = null;
            private readonly Linear? missing = null;
            private readonly nn.IModule<Tensor, Tensor> encoder;
            [TorchSharp.Utils.ComponentName(Name = "renamed")] private readonly Linear named;
            private static readonly Linear s_shared = nn.Linear(2, 2);

            public Net()
            {
                body = nn.Linear(2, 2);
                blocks = new ModuleList<Linear>(nn.Linear(2, 2), nn.Linear(2, 2));
                head = nn.Sequential(("first", nn.Linear(2, 2)));
                scale = nn.Parameter(ones(2));
                weight = nn.Parameter(ones(3));
                positions = ones(4);
                encoder = nn.Linear(2, 3);
                named = nn.Linear(3, 3);
                RegisterComponents();
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => input;
        }
        """;

    [Fact]
    public void Components_get_the_names_that_reflection_gives_them()
    {
        // The twin registers only once its fields are assigned: TorchSharp's own registration does nothing the second time.
        using var generated = (nn.Module)LoadedModels.Load(Components).Create("Net");
        var twin = Components.Replace("[SamModel]", "").Replace("[SamLayer]", "")
            .Replace("base(\"m\") => RegisterComponents();", "base(\"m\") { }");
        using var reflected = (nn.Module)LoadedModels.Load(twin).Create("Net");

        Assert.Equal(Names(reflected), Names(generated));
        Assert.Contains("parameter renamed.bias [3]", Names(generated));

        static IEnumerable<string> Names(nn.Module module)
            => module.named_parameters().Select(found => $"parameter {found.name} [{string.Join(", ", found.parameter.shape)}]")
                .Concat(module.named_buffers().Select(found => $"buffer {found.name} [{string.Join(", ", found.buffer.shape)}]"))
                .Concat(module.named_children().Select(found => $"module {found.name}"))
                .Order(StringComparer.Ordinal).ToList();
    }

    [Fact]
    public void Parameters_in_properties_follow_the_model_to_another_type()
    {
        dynamic model = LoadedModels.Load(Construct.Sources("Components")).Create("Vision.Prompted", null, null);

        ((nn.Module)model).to(float64);

        Assert.Equal(float64, ((Tensor)model.Scale).dtype);
        Assert.Contains(((nn.Module)model).parameters(), parameter => ReferenceEquals(parameter, (object)model.Scale));
        Assert.Contains("Hidden.weight", ((nn.Module)model).named_parameters().Select(found => found.name));
    }

    [Fact]
    public void The_layer_table_counts_the_elements_of_lists_and_starts_with_the_base_model()
    {
        var models = LoadedModels.Load(Construct.Sources("Inheritance"));

        Assert.Equal(
            ["stem (Linear, stage 0)", "body (Linear, stage 2)", "more[0] (Linear, stage 3)", "head (Linear, stage 4)"],
            ((ISamModel)models.Create("Families.Renamed")).CreateLayers().Select(layer => layer.ToString()));
        Assert.Equal(
            ["hidden (Linear)", "head (Linear)", "Tail (Linear)"],
            ((ISamModel)models.Create("Families.WithHead")).CreateLayers().Select(layer => layer.ToString()));
        Assert.Equal(5, ((dynamic)models.Create("Families.Renamed")).StageCount);
    }

    [Fact]
    public void A_stage_that_is_not_there_lets_its_input_through()
    {
        var models = LoadedModels.Load(Construct.Sources("NullableMembers"));
        using var input = rand(3, 4);

        dynamic empty = models.Create("Reviews.Optional", false);
        Assert.Equal(2, empty.StageCount);
        Assert.Empty(((ISamModel)empty).CreateLayers());
        Assert.Same(input, (Tensor)empty.forward(input));

        dynamic complete = models.Create("Reviews.Optional", true);
        Assert.Equal(4, complete.StageCount);
        Assert.Equal(["projection", "blocks[0]", "tail[0]", "head"], ((ISamModel)complete).CreateLayers().Select(layer => layer.Name));
    }

    [Fact]
    public void The_forward_pass_can_be_cut_at_every_stage()
    {
        using var scope = NewDisposeScope();
        dynamic model = LoadedModels.Load(Construct.Sources("SeveralInputs")).Create("Reviews.Encoder");
        var module = (nn.Module)model;
        var (input, mask) = (randint(10, [2, 3]), rand(2, 3, 4));
        var parameters = module.named_parameters().ToDictionary(found => found.name, found => (Tensor)found.parameter);
        var (weight, bias) = (parameters["layers.0.linear.weight"], parameters["layers.0.linear.bias"]);
        var expected = nn.functional.linear(parameters["tokens.weight"][input], weight, bias) * mask * mask;

        Assert.Equal(3, model.StageCount);
        Assert.True(expected.allclose((Tensor)model.forward(input, mask, null)));
        for (var stage = 0; stage <= 3; stage++)
            Assert.True(expected.allclose((Tensor)model.ForwardFrom(stage, model.ForwardTo(stage, input, mask, null), mask, null)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void A_stage_out_of_range_is_refused(int stage)
    {
        using var input = rand(2, 3);
        dynamic model = LoadedModels.Load(Construct.Sources("SeveralInputs")).Create("Reviews.Encoder");

        var to = Assert.Throws<ArgumentOutOfRangeException>(() => { model.ForwardTo(stage, input, input, null); });
        var from = Assert.Throws<ArgumentOutOfRangeException>(() => { model.ForwardFrom(stage, input, input, null); });

        Assert.Equal(stage, to.ActualValue);
        Assert.Contains("between 0 and 3", from.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stages_leave_nothing_behind_but_their_result_and_dispose_nothing_of_others()
    {
        dynamic model = LoadedModels.Load(
            Usings + """
            [SamModel]
            public sealed partial class Net : nn.Module<Tensor, Tensor>
            {
                private readonly Tensor stored = ones(2, 4);
                [SamLayer(Stage = 0)] private readonly Linear first = nn.Linear(4, 4);
                [SamStage(1)] private Tensor Same(Tensor hidden) => hidden;
                [SamStage(2)] private Tensor Messy(Tensor hidden) => (hidden * 2 + 1) * (hidden - 1) + stored;
                [SamStage(3)] private Tensor Replace(Tensor hidden) => stored;
                [SamStage(4)] private Tensor Last(Tensor hidden) => hidden.sum() + 1;
                public Tensor Stored => stored;
                public Net() : base("net") => RegisterComponents();
            }
            """).Create("Net");
        using var input = rand(2, 4);
        using var scope = NewDisposeScope();

        for (var stage = 0; stage <= 5; stage++)
        {
            var activation = (Tensor)model.ForwardTo(stage, input);
            Assert.Equal(stage is 0 or 4 ? 0 : 1, scope.DisposablesCount);
            var result = (Tensor)model.ForwardFrom(stage, activation);

            Assert.Equal(9, result.item<float>(), 1e-5f);
            Assert.All(new[] { input, activation, (Tensor)model.Stored }, tensor => Assert.False(tensor.IsInvalid));
            scope.DisposeEverything();
        }
    }

    [Fact]
    public void The_optimizer_trains_the_same_whether_staged_or_not()
    {
        var models = LoadedModels.Load(Construct.Sources("Staged"));
        var weights = new List<float[]>();
        foreach (var staged in new[] { true, false })
        {
            manual_seed(1);
            dynamic model = models.Create("Reviews.Classifier", 10, 2);
            ((nn.Module)model).eval();
            using var optimizer = (SharpnessAwareOptimizer)models.Create(
                "Reviews.ClassifierSlSam", (object)model, new SamOptions { Rho = 0.05 }, UpdateRule.Sgd(learningRate: 0.1));
            using var tokens = tensor(new long[] { 1, 2, 3 });
            Func<Tensor, Tensor> loss = pooled => pooled.pow(2).sum();
            var report = staged
                ? (StepReport)((dynamic)optimizer).Step(tokens, loss)
                : optimizer.Step(() => loss((Tensor)model.forward(tokens)));

            Assert.True(report.SharpnessAware);
            Assert.Equal(4, report.ActiveArms);
            weights.Add(((nn.Module)model).parameters().SelectMany(parameter => parameter.data<float>().ToArray()).ToArray());
        }

        Assert.Equal(weights[1], weights[0]);
    }

    [Fact]
    public void The_last_stage_may_return_several_tensors()
    {
        using var scope = NewDisposeScope();
        var models = LoadedModels.Load(Construct.Sources("OtherResult"));
        dynamic model = models.Create("Speech.Tagger");
        var input = rand(2, 4);
        var optimizer = models.Create("Speech.TaggerSlSam", (object)model, new SamOptions(), UpdateRule.Sgd(learningRate: 0.1));

        var (scores, lengths) = ((Tensor, Tensor))model.forward(input);
        Assert.Equal([2, 4], scores.shape);
        var report = (StepReport)((dynamic)optimizer).Step(input, (Func<(Tensor, Tensor), Tensor>)(result => result.Item2.pow(2)));

        Assert.Equal(lengths.pow(2).item<float>(), report.Loss, 1e-4);
        Assert.Equal(2, report.ActiveArms);
    }
}
