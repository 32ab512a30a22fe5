using SlSam.Runtime.Tests.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Lora;

/// <summary>Adapters on a model that knows nothing of them: where they go, what trains, and that they can be taken off again.</summary>
public sealed class LoraModelTests : IDisposable
{
    private static readonly LoraOptions s_options = new() { Rank = 2, Alpha = 4 };
    private static readonly LoraTargets s_everyKind = LoraTargets.Named("tokens", "conv", "query");

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tagger _model;
    private readonly Tensor _input;
    private readonly Tensor _target;

    public LoraModelTests()
    {
        manual_seed(7);
        _model = new Tagger();
        (_input, _target) = Tagger.Batch();
    }

    public static TheoryData<string, LoraTargets, string[]> Targets => new()
    {
        { "ends", LoraTargets.Named("query", "head.hidden"), ["blocks.0.query", "blocks.1.query", "head.hidden"] },
        { "whole paths", LoraTargets.Matching(@"blocks\.0\.(query|conv)|quer"), ["blocks.0.conv", "blocks.0.query"] },
        { "linear", LoraTargets.AllLinear, ["blocks.0.query", "blocks.1.query", "head.hidden", "head.classifier"] },
        { "except", LoraTargets.AllLinear.Except("head.hidden", "classifier"), ["blocks.0.query", "blocks.1.query"] },
    };

    public void Dispose()
    {
        _model.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Layers_are_chosen_by_their_paths(string name, LoraTargets targets, string[] paths)
    {
        using var lora = new LoraModel(_model, s_options, targets);
        Assert.NotEmpty(name);
        Assert.Equal(paths, lora.Adapters.Select(each => each.Path));
        Assert.Equal(paths, ((ISamModel)lora).CreateLayers().Select(layer => layer.Name));
        Assert.Equal(paths, ((ISamModel)lora).CreateLoraPairs().Select(pair => pair.Name));
    }

    [Fact]
    public void Attached_adapters_are_components_of_their_layers_and_begin_without_effect()
    {
        var before = _model.call(_input);
        var names = _model.state_dict().Keys.ToArray();
        using var lora = new LoraModel(_model, s_options, s_everyKind);

        AssertClose(before, _model.call(_input)); // libtorch 2 multiplies by a frozen weight in another order
        Assert.Equal(
            [
                "blocks.0.conv.lora.lora_A.weight", "blocks.0.conv.lora.lora_B.weight",
                "blocks.0.query.lora.lora_A.weight", "blocks.0.query.lora.lora_B.weight",
                "blocks.1.conv.lora.lora_A.weight", "blocks.1.conv.lora.lora_B.weight",
                "blocks.1.query.lora.lora_A.weight", "blocks.1.query.lora.lora_B.weight",
                "tokens.lora.lora_embedding_A", "tokens.lora.lora_embedding_B",
            ],
            _model.state_dict().Keys.Except(names).Order(StringComparer.Ordinal));
        Assert.All(_model.named_parameters(), named => Assert.Equal(named.name.Contains(".lora."), named.parameter.requires_grad));
    }

    [Fact]
    public void Training_changes_the_adapters_and_what_is_trained_beside_them_and_nothing_else()
    {
        using var lora = new LoraModel(_model, s_options, s_everyKind, alsoTrained: LoraTargets.Named("classifier"));
        using var optimizer = new LoraModelSlSam(lora, new SamOptions { Rho = 0.05 }, UpdateRule.AdamW(1e-2));
        var before = new Snapshot(_model);
        var first = optimizer.Step(() => _model.Loss(_input, _target)).Loss;
        for (var step = 0; step < 30; step++)
        {
            optimizer.Step(() => _model.Loss(_input, _target));
        }

        Assert.True(optimizer.Step(() => _model.Loss(_input, _target)).Loss < 0.7 * first);
        Assert.Equal(
            _model.named_parameters().Select(named => named.name).Where(name => name.Contains(".lora.") || name.StartsWith("head.classifier.")).Order(),
            before.Changed().Order());
        Assert.Equal(
            ["tokens", "blocks.0.conv", "blocks.0.query", "blocks.1.conv", "blocks.1.query", "head.classifier"], optimizer.Arms.Select(arm => arm.Name));
    }

    [Fact]
    public void It_tells_how_many_numbers_its_adapters_train()
    {
        using (var one = new LoraModel(_model, new LoraOptions { Rank = 2 }, LoraTargets.Named("classifier")))
        {
            Assert.StartsWith("1 adapter; 18 of ", one.ToString(), StringComparison.Ordinal); // 2 x 6 and 3 x 2
        }

        using var two = new LoraModel(_model, new LoraOptions { Rank = 2 }, LoraTargets.Named("hidden", "classifier"));
        Assert.StartsWith("2 adapters; 42 of ", two.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Merging_unmerging_and_disabling_work_on_the_whole_model()
    {
        var plain = _model.call(_input);
        using var lora = Trained(out var adapted);

        using (lora.Disable())
        {
            AssertClose(plain, _model.call(_input));
        }

        Assert.True(Snapshot.Same(adapted, _model.call(_input)));
        var tokens = lora.Adapters[0].Adapter;
        Assert.True(Snapshot.Same(tokens.Layer.call(_input), tokens.call(_input))); // adapted once, not twice
        var before = new Snapshot(_model);
        lora.Merge();
        Assert.True(lora.IsMerged);
        AssertClose(adapted, _model.call(_input));
        Assert.Throws<InvalidOperationException>(() => lora.Disable());
        lora.Unmerge();
        Assert.Empty(before.Changed());
    }

    [Fact]
    public void A_merge_that_one_adapter_refuses_changes_none()
    {
        using var lora = Trained(out _);
        using (no_grad())
        {
            lora.Adapters[^1].Adapter.B[0, 0] = double.NaN;
        }

        var before = new Snapshot(_model);
        var refused = Assert.Throws<InvalidOperationException>(() => lora.Merge());
        Assert.StartsWith("blocks.1.query: ", refused.Message);
        Assert.Equal(["blocks.1.query.lora.lora_B.weight"], before.Changed()); // NaN is not equal to itself
        Assert.All(lora.Adapters, each => Assert.False(each.Adapter.IsMerged));
    }

    [Fact]
    public void Disposing_takes_the_adapters_off()
    {
        _model.get_parameter("head.hidden.bias")!.requires_grad = false;
        var plain = _model.call(_input);
        var before = _model.named_parameters().Select(named => (named.name, named.parameter.requires_grad)).ToArray();
        Trained(out _).Dispose();

        Assert.Equal(before, _model.named_parameters().Select(named => (named.name, named.parameter.requires_grad)));
        AssertClose(plain, _model.call(_input));
        using var again = new LoraModel(_model, s_options, s_everyKind);
        AssertClose(plain, _model.call(_input));
    }

    [Fact]
    public void A_model_may_be_disposed_before_its_adapters()
    {
        var model = new Tagger();
        var lora = new LoraModel(model, s_options, s_everyKind);
        model.Dispose();
        lora.Dispose();
        lora.Dispose();
    }

    [Fact]
    public void Both_passes_of_a_step_drop_the_same_inputs()
    {
        using var lora = Trained(out _, s_options with { Dropout = 0.5 });
        using var optimizer = new LoraModelSlSam(lora, new SamOptions { Rho = 1e-300 }, UpdateRule.AdamW(1e-2));
        var report = optimizer.Step(() => _model.Loss(_input, _target));
        Assert.Equal(report.Loss, report.PerturbedLoss);
        Assert.NotEqual(report.Loss, optimizer.Step(() => _model.Loss(_input, _target)).Loss);
    }

    [Fact]
    public void A_merged_model_keeps_what_it_has_learned_when_the_adapters_are_taken_off()
    {
        var lora = Trained(out var adapted);
        lora.Merge(keepOriginal: false);
        lora.Dispose();
        AssertClose(adapted, _model.call(_input));
        Assert.DoesNotContain(_model.state_dict().Keys, key => key.Contains("lora"));
    }

    [Fact]
    public void Moving_the_adapted_model_moves_the_adapters()
    {
        using var lora = Trained(out var adapted);
        lora.to(ScalarType.Float32);
        Assert.All(_model.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
        Assert.InRange((adapted - _model.call(_input)).abs().max().item<double>(), 0, 1e-5);
    }

    [Fact]
    public void Adapters_follow_training_and_evaluation_mode()
    {
        using var lora = new LoraModel(_model, s_options with { Dropout = 0.5 }, LoraTargets.Named("query"));
        foreach (var (_, adapter) in lora.Adapters)
        {
            nn.init.normal_(adapter.B);
        }

        Assert.False(Snapshot.Same(_model.call(_input), _model.call(_input)));
        _model.eval();
        Assert.True(Snapshot.Same(_model.call(_input), _model.call(_input)));
    }

    [Fact]
    public void What_cannot_be_adapted_is_refused_and_nothing_changes()
    {
        AssertRefused("No module of Tagger is 'values'", LoraTargets.Named("values"));
        AssertRefused("No module of Tagger is 'uery'", LoraTargets.Named("tokens", "uery"));
        AssertRefused("No module of Tagger is 'uery'", LoraTargets.Named("tokens", "uery").Except("conv"));
        AssertRefused("No module of Tagger is 'tail'", LoraTargets.Named("query"), LoraTargets.Named("classifier", "tail"));
        AssertRefused("'blocks.0.norm' is chosen, but is a LayerNorm", LoraTargets.Named("query", "norm"));
        AssertRefused("'blocks.0' is chosen, but is a Mixer", LoraTargets.Matching(@"blocks\.\d+"));
        AssertRefused("No module of Tagger is 'tail'", LoraTargets.Named("query"), LoraTargets.Named("tail"));
        Assert.Throws<ArgumentException>(() => LoraTargets.Named());

        using var lora = new LoraModel(_model, s_options, LoraTargets.Named("query"));
        Assert.Contains(
            "'blocks.0.query.lora' is an adapter already",
            Assert.Throws<ArgumentException>(() => new LoraModel(_model, s_options, LoraTargets.Named("conv"))).Message);

        void AssertRefused(string message, LoraTargets targets, LoraTargets? alsoTrained = null)
        {
            var refused = Assert.Throws<ArgumentException>(() => new LoraModel(_model, s_options, targets, alsoTrained));
            Assert.Contains(message, refused.Message);
            Assert.All(_model.parameters(), parameter => Assert.True(parameter.requires_grad));
            Assert.DoesNotContain(_model.modules(), module => module is LoraAdapter);
        }
    }

    [Fact]
    public void A_layer_that_the_model_does_not_call_is_named()
    {
        using var model = new RunsForward();
        using var lora = new LoraModel(model, s_options, LoraTargets.AllLinear);
        model.call(ones(1, 2));
        Assert.Equal(["forwarded"], lora.NeverRun);
    }

    [Fact]
    public void A_generated_optimizer_trains_the_adapters_inside_its_layers()
    {
        using var model = new StagedClassifier(blocks: 4, width: 8, classes: 3);
        using var lora = new LoraModel(model, s_options, LoraTargets.Named("stem", "inner", "head"));
        using var optimizer = new StagedClassifierSlSam(model, new SlSamOptions { Sparsity = 0.4, Seed = 1 }, UpdateRule.AdamW(1e-2));
        var batch = Batch.Random(16, 8, 3);
        var before = new Snapshot(model);
        var skippedStages = 0;
        Assert.Equal(
            ["blocks.0.inner", "blocks.1.inner", "blocks.2.inner", "blocks.3.inner", "head", "stem"], optimizer.LoraPairs.Select(pair => pair.Name).Order());
        for (var step = 0; step < 40; step++)
        {
            skippedStages += optimizer.Step(batch.Input, batch.Loss).FirstActiveStage;
        }

        Assert.True(skippedStages > 0);
        Assert.Equal(
            model.named_parameters().Select(named => named.name).Where(name => name.Contains(".lora.")).Order(), before.Changed().Order());
    }

    [Fact]
    public void Two_thousand_steps_keep_memory_flat()
    {
        using var lora = new LoraModel(_model, s_options with { Dropout = 0.1 }, s_everyKind);
        using var optimizer = new LoraModelSlSam(lora, new SlSamOptions { Sparsity = 0.4 }, UpdateRule.AdamW(1e-3));
        Train(steps: 50);
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Train(steps: 2000);
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Train(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                optimizer.Step(() => _model.Loss(_input, _target));
            }
        }
    }

    /// <summary>Adapters whose factors are all drawn at random.</summary>
    private LoraModel Trained(out Tensor result, LoraOptions? options = null)
    {
        var lora = new LoraModel(_model, options ?? s_options, s_everyKind);
        foreach (var (_, adapter) in lora.Adapters)
        {
            nn.init.normal_(adapter.A, 0, 0.3);
            nn.init.normal_(adapter.B, 0, 0.3);
        }

        result = _model.call(_input);
        return lora;
    }

    private static void AssertClose(Tensor expected, Tensor actual) => Assert.InRange((expected - actual).abs().max().item<double>(), 0, 1e-12);

    private sealed class RunsForward : nn.Module<Tensor, Tensor>
    {
        private readonly Linear called = nn.Linear(2, 2);
        private readonly Linear forwarded = nn.Linear(2, 2);

        public RunsForward()
            : base(nameof(RunsForward)) => RegisterComponents();

        public override Tensor forward(Tensor input) => forwarded.forward(called.call(input));
    }
}
