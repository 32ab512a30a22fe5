using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Compiler.Tests.Generator;

/// <summary>Models that hold other models: layers, stages and pairs of the inner ones are the outer one's.</summary>
public sealed class ExpandedModelTests
{
    [Fact]
    public void Nested_models_contribute_their_layers_at_their_stages()
    {
        using var model = (nn.Module)LoadedModels.Load(Construct.Sources("Expanded")).Create("Reviews.Classifier", true);

        Assert.Equal(
            [
                "stem (Linear, stage 0)",
                "encoder.blocks[0] (Linear, stage 2)", "encoder.blocks[1] (Linear, stage 3)",
                "encoders[0].blocks[0] (Linear, stage 5)", "encoders[0].last (Linear, stage 6)", "encoders[1].blocks[0] (Linear, stage 8)",
                "optionals[0].blocks[0] (Linear, stage 11)", "optionals[1].blocks[0] (Linear, stage 13)", "optionals[1].blocks[1] (Linear, stage 14)",
                "whole.hidden (Linear, stage 15)", "whole.head (Linear, stage 15)",
                "wholes[0].hidden (Linear, stage 16)", "wholes[0].head (Linear, stage 16)",
                "wholes[1].hidden (Linear, stage 17)", "wholes[1].head (Linear, stage 17)",
                "single (Module, stage 19)",
            ],
            Layers(model).Select(layer => layer.ToString()));
        Assert.Equal(20, ((dynamic)model).StageCount);
        Assert.Equal(["whole.hidden", "whole.head"], Layers(model).Where(layer => layer.Frozen).Select(layer => layer.Name));
        Assert.Equal(
            ["wholes[0].hidden", "wholes[0].head", "wholes[1].hidden", "wholes[1].head"],
            Layers(model).Where(layer => layer.AlwaysActive).Select(layer => layer.Name));
    }

    [Fact]
    public void A_nested_model_that_is_not_there_has_neither_layers_nor_stages()
    {
        using var model = (nn.Module)LoadedModels.Load(Construct.Sources("Expanded")).Create("Reviews.Classifier", false);

        Assert.DoesNotContain(Layers(model), layer => layer.Name.StartsWith("optional", StringComparison.Ordinal));
        Assert.Equal(14, ((dynamic)model).StageCount);
        Assert.Equal(13, Layers(model).Single(layer => layer.Name == "single").Stage);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_forward_pass_can_be_cut_inside_nested_models(bool complete)
    {
        using var scope = NewDisposeScope();
        dynamic model = LoadedModels.Load(Construct.Sources("Expanded")).Create("Reviews.Classifier", complete);
        var (input, mask) = (rand(3, 4), rand(3, 4));
        var expected = ByHand((nn.Module)model, input, mask);

        Assert.True(expected.allclose((Tensor)model.forward(input, mask)));
        for (var stage = 0; stage <= (int)model.StageCount; stage++)
            Assert.True(expected.allclose((Tensor)model.ForwardFrom(stage, model.ForwardTo(stage, input, mask), mask)), $"stage {stage}");
        foreach (var stage in new[] { -1, (int)model.StageCount })
            Assert.Throws<ArgumentOutOfRangeException>(() => { model.RunStage(stage, input, mask); });
    }

    /// <summary>Every layer's stage is the one that uses its weights: a change of them shows in no activation before, and in the next.</summary>
    [Fact]
    public void The_stage_of_a_nested_layer_is_where_its_weights_are_used()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        dynamic model = LoadedModels.Load(Construct.Sources("Expanded")).Create("Reviews.Classifier", true);
        var (input, mask) = (rand(3, 4), rand(3, 4));
        foreach (var layer in Layers((nn.Module)model).Where(layer => layer.Name != "single"))
        {
            var before = (Tensor)model.ForwardTo(layer.Stage, input, mask).clone();
            var after = (Tensor)model.ForwardTo(layer.Stage + 1, input, mask).clone();
            var bias = layer.Parameters.Single(named => named.Name == "bias").Parameter;
            bias.add_(1);

            Assert.True(before.allclose((Tensor)model.ForwardTo(layer.Stage, input, mask)), layer.ToString());
            Assert.False(after.allclose((Tensor)model.ForwardTo(layer.Stage + 1, input, mask)), layer.ToString());
        }
    }

    [Fact]
    public void A_model_without_stages_has_nested_layers_without_stages()
    {
        using var model = (nn.Module)LoadedModels.Load(Construct.Sources("ExpandedUnstaged")).Create("Towers.TwoTower");

        Assert.Equal(
            ["query tower.first (Linear)", "query tower.last (Linear)", "documents[0].first (Linear)", "documents[0].last (Linear)",
                "documents[1].first (Linear)", "documents[1].last (Linear)"],
            Layers(model).Select(layer => layer.ToString()));
    }

    [Fact]
    public void A_nested_model_whose_type_is_a_parameter_is_one_stage_and_models_can_hold_their_like()
    {
        var models = LoadedModels.Load(Construct.Sources("ExpandedUnstaged"));
        var tower = models.GetType("Towers.Tower", throwOnError: true)!;
        var rest = Array.CreateInstance(tower, 2);
        rest.SetValue(models.Create("Towers.Tower"), 0);
        rest.SetValue(models.Create("Towers.Tower"), 1);
        using var stack = (nn.Module)Activator.CreateInstance(
            models.GetType("Towers.Stack`1", throwOnError: true)!.MakeGenericType(tower), models.Create("Towers.Tower"), rest)!;
        using var chain = (nn.Module)models.Create("Towers.Node", models.Create("Towers.Node", models.Create("Towers.Node", [null])));

        Assert.Equal(
            ["first.first (Linear, stage 0)", "first.last (Linear, stage 0)", "rest.parts[0].first (Linear, stage 1)",
                "rest.parts[0].last (Linear, stage 1)", "rest.parts[1].first (Linear, stage 2)", "rest.parts[1].last (Linear, stage 2)"],
            Layers(stack).Select(layer => layer.ToString()));
        Assert.Equal(
            ["linear (Linear, stage 0)", "next.linear (Linear, stage 1)", "next.next.linear (Linear, stage 2)"],
            Layers(chain).Select(layer => layer.ToString()));
        Assert.Equal(3, ((dynamic)chain).StageCount);
    }

    [Fact]
    public void Nested_models_of_another_assembly_are_expanded()
    {
        using var image = new MemoryStream();
        Assert.True(GeneratorRun.Of(Construct.Sources("Expanded")).Output.Emit(image).Success);
        var library = Microsoft.CodeAnalysis.MetadataReference.CreateFromImage(image.ToArray());
        const string source = """
            using SlSam;
            using TorchSharp;
            using TorchSharp.Modules;
            using static TorchSharp.torch;
            [SamModel] public sealed partial class Net : nn.Module<Tensor, Tensor, Tensor>
            {
                [SamLayer(Stage = 0, Expand = true)] private readonly Reviews.Encoder encoder = new Reviews.LargeEncoder(2);
                [SamLayer(Stage = 1, Expand = true)] private readonly Reviews.OwnForward whole = new Reviews.OwnForward();
                public Net() : base("net") => RegisterComponents();
            }
            """;

        var run = GeneratorRun.Of(Microsoft.CodeAnalysis.CSharp.LanguageVersion.Latest, [library], source);

        Assert.Empty(run.Diagnostics());
        var text = run.Files.Single().SourceText.ToString();
        Assert.Contains("encoder.RunStage(stage, activation, mask)", text, StringComparison.Ordinal);
        Assert.Contains("Expand(\"whole\", encoder.StageCount, whole, oneStage: true)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Expand(\"encoder\", encoder)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_cut_inside_a_nested_model_trains_as_one_that_is_not()
    {
        var models = LoadedModels.Load(Construct.Sources("Expanded"));
        var weights = new List<float[]>();
        foreach (var staged in new[] { true, false })
        {
            using var scope = NewDisposeScope();
            manual_seed(1);
            dynamic model = models.Create("Reviews.Classifier", true);
            var (input, mask) = (rand(3, 4), rand(3, 4));
            var options = new SlSamOptions { Rho = 0.05, Sparsity = 0.4, Sampling = LayerSampling.Windowed, Seed = 4 };
            using var optimizer = (SharpnessAwareOptimizer)models.Create(
                "Reviews.ClassifierSlSam", (object)model, options, UpdateRule.Sgd(learningRate: 0.1));
            var cuts = new HashSet<int>();
            for (var step = 0; step < 20; step++)
            {
                Func<Tensor, Tensor> loss = result => result.pow(2).sum();
                var report = staged
                    ? (StepReport)((dynamic)optimizer).Step(input, mask, loss)
                    : optimizer.Step(() => loss((Tensor)model.forward(input, mask)));
                cuts.Add(report.FirstActiveStage);
            }

            if (staged)
                Assert.Contains(cuts, cut => cut is 2 or 3 or 5 or 6 or 8 or 11 or 13 or 14);
            weights.Add(((nn.Module)model).parameters().SelectMany(parameter => parameter.data<float>().ToArray()).ToArray());
        }

        Assert.Equal(weights[1], weights[0]);
    }

    private static IReadOnlyList<SamLayer> Layers(nn.Module model) => ((ISamModel)model).CreateLayers();

    /// <summary>The forward pass of the construct, from its parameters alone.</summary>
    private static Tensor ByHand(nn.Module model, Tensor input, Tensor mask)
    {
        var parameters = model.named_parameters().ToDictionary(found => found.name, found => (Tensor)found.parameter);
        var hidden = Linear("stem", input);
        hidden = Encoder("encoder", hidden);
        hidden = Encoder("encoders.0", hidden);
        hidden = Linear("encoders.0.last", hidden);
        hidden = Encoder("encoders.1", hidden);
        if (model.has_parameter("optionals.0.blocks.0.weight"))
            hidden = Encoder("optionals.1", Encoder("optionals.0", hidden * mask));
        foreach (var name in new[] { "whole", "wholes.0", "wholes.1" })
            hidden = Linear(name + ".head", Linear(name + ".hidden", hidden).relu());
        return Encoder("single", hidden.mean([0]));

        Tensor Linear(string name, Tensor x) => nn.functional.linear(x, parameters[name + ".weight"], parameters[name + ".bias"]);

        Tensor Encoder(string name, Tensor x)
        {
            x *= mask;
            for (var i = 0; parameters.ContainsKey($"{name}.blocks.{i}.weight"); i++)
                x = Linear($"{name}.blocks.{i}", x);
            return x;
        }
    }
}
