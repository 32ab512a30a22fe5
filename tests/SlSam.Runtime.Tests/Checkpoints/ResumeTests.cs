using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SlSam.Runtime.Tests.Engine;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace SlSam.Runtime.Tests.Checkpoints;

/// <summary>A run that is saved, and loaded into another model and optimizer, goes on as if nothing had happened: bit for bit, in all that it does and remembers.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly CheckpointFiles _files = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<int> Seeds => new(Enumerable.Range(0, 60));

    /// <summary>Whatever a run is put together from, with steps that fail before and after.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_resumed_run_is_the_uninterrupted_one(int seed)
    {
        var random = new Random(seed);
        var (options, rule) = (RandomCompositions.Options(random), RandomCompositions.Rule(random, out _));
        options = options with { Sparse = options.Sparse with { RescoreEvery = random.Next(2) == 0 ? 2 : null } };
        var schedule = random.Next(3);
        manual_seed(seed);
        using var model = new RandomModel(seed, still: false);
        using var optimizer = RandomCompositions.Build(model, options, rule);
        if (optimizer is null)
        {
            return;
        }

        optimizer.ProvideScoreBatches(Batches(model));
        var scheduler = Schedule(optimizer, schedule);
        Run(model, optimizer, scheduler, steps: random.Next(7), new Random(seed));
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var middle = _files.Save(optimizer, scheduler);
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        var expected = Run(model, optimizer, scheduler, steps: 7, new Random(~seed));
        var end = _files.Save(optimizer, scheduler);

        manual_seed(~seed);
        using var otherModel = new RandomModel(seed, still: false);
        using var other = new RandomOptimizer(otherModel, options, rule);
        var otherScheduler = Schedule(other, schedule);
        if (random.Next(2) == 0 && (options.Sparse.Metric == SalienceMetric.Random || !other.Trained.Any(trained => trained.Group.Layer.SparseDelta)))
        {
            // What an optimizer has done before it is loaded into leaves no trace.
            Run(otherModel, other, scheduler: null, steps: 3, new Random(seed + 1));
        }

        TrainingCheckpoint.Load(middle, other, otherScheduler);
        CheckpointFiles.AssertSame(middle, _files.Save(other, otherScheduler), $"{options} {rule}");
        other.ProvideScoreBatches(Batches(otherModel));
        var actual = Run(otherModel, other, otherScheduler, steps: 7, new Random(~seed));

        Assert.Equal(expected, actual);
        Assert.Empty(new Snapshot(model).Differing(otherModel));
        Assert.Equal(optimizer.Arms.Select(arm => (arm.Role, arm.Probability, arm.GradientNorm)), other.Arms.Select(arm => (arm.Role, arm.Probability, arm.GradientNorm)));
        Assert.Equal(optimizer.Selection.ToString(), other.Selection.ToString());
        Assert.Equal(scheduler?.get_last_lr(), otherScheduler?.get_last_lr());
        CheckpointFiles.AssertSame(end, _files.Save(other, otherScheduler), $"{options} {rule}");
    }

    /// <summary>
    /// The runs above depend on everything that is saved: where one kind of state is not loaded, one of them goes on otherwise. So they would tell if something
    /// that steps depend on were not saved.
    /// </summary>
    [Fact]
    public void Whatever_is_forgotten_shows()
    {
        var unnoticed = new HashSet<string>();
        var noticed = new HashSet<string>();
        foreach (var seed in Enumerable.Range(0, 90))
        {
            using var seedScope = NewDisposeScope();
            var random = new Random(seed);
            var (options, rule) = (RandomCompositions.Options(random), RandomCompositions.Rule(random, out _));
            options = options with
            {
                Sparse = options.Sparse with { RescoreEvery = random.Next(2) == 0 ? 2 : null },
                Balancedness = options.Balancedness is null ? null : new BarOptions { Decay = AlphaDecay.Linear, TotalSteps = 20 },
            };
            manual_seed(seed);
            using var model = new RandomModel(seed, still: false);
            using var optimizer = RandomCompositions.Build(model, options, rule);
            if (optimizer is null)
            {
                continue;
            }

            optimizer.ProvideScoreBatches(Batches(model));
            var scheduler = Schedule(optimizer, 1);
            Run(model, optimizer, scheduler, steps: 2 + seed % 5, new Random(seed));
            (optimizer.Groups[0].WeightDecay, optimizer.Groups[0].LearningRate, optimizer.Groups[0].InitialLearningRate) = (0.2, 0.03, 0.04);
            var middle = _files.Save(optimizer, scheduler);
            var expected = Future(model, optimizer, scheduler, seed);
            foreach (var kind in RunState.Describe(optimizer, scheduler, trainedOnly: false).Select(entry => Kind(entry.Name)).Distinct().Except(noticed).ToArray())
            {
                using var scope = NewDisposeScope();
                manual_seed(~seed);
                using var otherModel = new RandomModel(seed, still: false);
                using var other = new RandomOptimizer(otherModel, options, rule);
                var otherScheduler = Schedule(other, 1);
                if (Forgetful(middle, other, otherScheduler, kind, () => Future(otherModel, other, otherScheduler, seed)) != expected)
                {
                    noticed.Add(kind);
                    unnoticed.Remove(kind);
                }
                else
                {
                    unnoticed.Add(kind);
                }
            }
        }

        // A generator on a GPU, and what is compared rather than loaded.
        Assert.Equal("random/seed, settings/layers, settings/options, settings/rule", string.Join(", ", unnoticed.Order(StringComparer.Ordinal)));
        Assert.True(noticed.Count >= 30, string.Join(", ", noticed.Order()));
    }

    public static TheoryData<string> Compositions => Models.Compositions.Names;

    /// <summary>Every method, on a model that the compiler has written the optimizer for.</summary>
    [Theory]
    [MemberData(nameof(Compositions))]
    public void Every_method_resumes(string composition)
    {
        var options = Models.Compositions.All[composition];
        manual_seed(3);
        using var model = new StagedClassifier(blocks: 4, width: 6, classes: 3, dropout: 0.1, normalize: true);
        using var optimizer = new StagedClassifierSlSam(model, options, UpdateRule.AdamW(1e-2));
        var before = Run(optimizer, 5);
        var folder = _files.Save(optimizer);
        var expected = Run(optimizer, 10);

        manual_seed(4);
        using var otherModel = new StagedClassifier(blocks: 4, width: 6, classes: 3, dropout: 0.1, normalize: true);
        using var other = new StagedClassifierSlSam(otherModel, options, UpdateRule.AdamW(1e-2));
        TrainingCheckpoint.Load(folder, other);
        var actual = Run(other, 10);

        Assert.NotEqual(before, actual);
        Assert.Equal(expected, actual);
        Assert.Empty(new Snapshot(model).Differing(otherModel));

        static StepReport[] Run(StagedClassifierSlSam optimizer, int steps) => [.. Enumerable.Range(0, steps).Select(_ =>
        {
            using var scope = NewDisposeScope();
            var batch = Batch.Random(8, 6, 3);
            return optimizer.Step(batch.Input, batch.Target, (logits, target) => nn.functional.cross_entropy(logits, target));
        })];
    }

    /// <summary>Weights in half precision are what float32 masters round to, and the masters, whole or of masked entries, know more than they do.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Masters_of_weights_in_half_precision_resume(bool masked)
    {
        manual_seed(5);
        using var model = Model();
        using var optimizer = Optimizer(model);
        Train(model, optimizer);
        var folder = _files.Save(optimizer);
        Train(model, optimizer);

        using var otherModel = Model();
        using var other = Optimizer(otherModel);
        TrainingCheckpoint.Load(folder, other);
        Train(otherModel, other);

        Assert.Empty(new Snapshot(model).Differing(otherModel));
        CheckpointFiles.AssertSame(_files.Save(optimizer), _files.Save(other), "masters");
        Assert.Contains("\"master/", File.ReadAllText(Path.Combine(folder, CheckpointFiles.Others)), StringComparison.Ordinal);

        Mlp Model()
        {
            var model = new Mlp(["tanh"], 4, 5, 3)
            {
                Describe = (index, linear) => new SamLayer($"linear{index}", SamLayerKind.Linear, -1, linear) { SparseDelta = masked },
            };
            model.to(ScalarType.BFloat16);
            return model;
        }

        TestOptimizer Optimizer(Mlp model) => new(
            model, new SamOptions { Sparse = new() { Metric = SalienceMetric.Random, Density = 0.5, Remainder = SparseRemainder.Masked } }, UpdateRule.AdamW(1e-3));

        static void Train(Mlp model, TestOptimizer optimizer)
        {
            for (var step = 0; step < 3; step++)
            {
                using var scope = NewDisposeScope();
                var input = randn(8, 4, dtype: ScalarType.BFloat16);
                Assert.Equal(StepOutcome.Updated, optimizer.Step(() => model.call(input).to(ScalarType.Float32).square().mean()).Outcome);
            }
        }
    }

    [Fact]
    public void Data_of_ones_own_and_the_step_come_back()
    {
        using var model = SmallModel();
        using var optimizer = new TestOptimizer(model, new SamOptions(), UpdateRule.Sgd(0.1));
        var data = new JsonObject { ["epoch"] = 3, ["files"] = new JsonArray("a", "b"), ["seed"] = ulong.MaxValue, ["none"] = null };
        var folder = _files.Next();
        TrainingCheckpoint.Save(folder, optimizer, step: 7, data: data);

        var restored = TrainingCheckpoint.Load(folder, optimizer);

        Assert.Equal(7, restored.Step);
        Assert.True(JsonNode.DeepEquals(data, restored.Data));
    }

    [Fact]
    public void A_selector_of_ones_own_resumes_where_it_says_what_it_remembers()
    {
        using var model = SmallModel();
        using var optimizer = new TestOptimizer(model, new RoundRobinOptions(), UpdateRule.Sgd(0.1));
        Step(model, optimizer);
        var folder = _files.Save(optimizer);
        Step(model, optimizer);
        var expected = optimizer.Arms.Select(arm => arm.Role).ToArray();

        using var otherModel = SmallModel();
        using var other = new TestOptimizer(otherModel, new RoundRobinOptions(), UpdateRule.Sgd(0.1));
        TrainingCheckpoint.Load(folder, other);
        Step(otherModel, other);

        Assert.Equal(expected, other.Arms.Select(arm => arm.Role));
    }

    [Fact]
    public void What_does_not_say_what_it_remembers_is_not_saved()
    {
        using var model = SmallModel();
        using var silent = new TestOptimizer(model, new RoundRobinOptions { Silent = true }, UpdateRule.Sgd(0.1));
        var folder = _files.Next();

        Assert.Contains("SilentSelector", Assert.Throws<NotSupportedException>(() => TrainingCheckpoint.Save(folder, silent, 0)).Message, StringComparison.Ordinal);
        silent.Dispose();
        using var draws = new TestOptimizer(model, new SlSamOptions { Draws = new SilentDraws() }, UpdateRule.Sgd(0.1));
        Assert.Contains("SilentDraws", Assert.Throws<NotSupportedException>(() => TrainingCheckpoint.Save(folder, draws, 0)).Message, StringComparison.Ordinal);
        Assert.False(Path.Exists(folder));
    }

    [Fact]
    public void Nothing_is_saved_or_loaded_in_the_middle_of_a_step()
    {
        using var model = SmallModel();
        using var optimizer = new TestOptimizer(model, new SamOptions(), UpdateRule.Sgd(0.1));
        var folder = _files.Save(optimizer);
        Assert.Throws<InvalidOperationException>(() => optimizer.Step(() =>
        {
            TrainingCheckpoint.Save(_files.Next(), optimizer, 0);
            return zeros(1);
        }));
        Assert.Throws<InvalidOperationException>(() => optimizer.Step(() =>
        {
            TrainingCheckpoint.Load(folder, optimizer);
            return zeros(1);
        }));
        TrainingCheckpoint.Load(folder, optimizer);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _files.Dispose();
    }

    /// <summary>Runs steps, of which some are refused, and tells what each did.</summary>
    private static List<string> Run(RandomModel model, RandomOptimizer optimizer, LRScheduler? scheduler, int steps, Random random)
    {
        var reports = new List<string>();
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            var batch = Batch.Random(8, RandomModel.Width, 3, ScalarType.Float64);
            var (factor, staged) = (random.Next(4) == 0 ? double.NaN : 1, random.Next(2) == 0);
            Tensor Loss(Tensor logits, Tensor target) => nn.functional.cross_entropy(logits, target) * factor;
            var report = staged
                ? optimizer.Step(batch.Input, batch.Target, Loss)
                : optimizer.Step(slice => Loss(model.call(slice.Of(batch.Input)), slice.Of(batch.Target)));
            reports.Add($"{report with { Loss = 0 }} {report.Loss:R} {report.GradientNorm:R} {report.PerturbedLoss:R} {report.Cost:R}");
            if (random.Next(2) == 0)
            {
                scheduler?.step();
            }
        }

        return reports;
    }

    /// <summary>Everything that can be seen of a run that goes on, as text.</summary>
    private static string Future(RandomModel model, RandomOptimizer optimizer, LRScheduler? scheduler, int seed)
    {
        using var scope = NewDisposeScope();
        optimizer.ProvideScoreBatches(Batches(model));
        var seen = new List<string>();
        See();
        seen.AddRange(Run(model, optimizer, scheduler, steps: 7, new Random(~seed)));
        See();
        seen.AddRange(scheduler!.get_last_lr().Concat(optimizer.Groups.Select(group => group.InitialLearningRate)).Select(rate => $"{rate:R}"));
        seen.AddRange(model.state_dict().Values.Append(get_rng_state()).Select(tensor => string.Join(' ', tensor.detach().to(ScalarType.Float64).reshape(-1).data<double>().ToArray())));
        seen.Add($"{optimizer.Selection} {optimizer.Selection.MeanActiveShare:R} {optimizer.Selection.FirstActiveStageDeviation:R} {optimizer.Selection.MeanCost:R}");
        using var delta = optimizer.CreateSparseDelta();
        seen.AddRange(delta.Entries.Select(entry => $"{entry} {string.Join(' ', entry.BaseValues.data<double>().ToArray())}"));
        return string.Join('\n', seen);

        void See() => seen.AddRange(optimizer.Arms.Select(arm => $"{arm.Role} {arm.Probability:R} {arm.GradientNorm:R}"));
    }

    /// <summary>What comes of a run that is loaded without one kind of state.</summary>
    private static string Forgetful(string folder, RandomOptimizer optimizer, LRScheduler? scheduler, string kind, Func<string> future)
    {
        try
        {
            var manifest = CheckpointManifest.Read(folder);
            using (var weights = SafetensorsFile.Open(Path.Combine(folder, CheckpointFiles.Weights)))
            using (var others = SafetensorsFile.Open(Path.Combine(folder, CheckpointFiles.Others)))
            using (no_grad())
            {
                var reader = new StateReader(folder, manifest.State, weights, others, sameSettings: true);
                var entries = RunState.Describe(optimizer, scheduler, trainedOnly: false).Where(entry => Kind(entry.Name) != kind).ToList();
                var apply = entries.ConvertAll(entry => entry.Load(reader));
                reader.RunLast();
                apply.ForEach(each => each());
            }

            return future();
        }
        catch (Exception exception) when (exception is InvalidOperationException or InvalidDataException or System.Runtime.InteropServices.ExternalException or NullReferenceException)
        {
            return exception.Message;
        }
    }

    /// <summary>A name without what it is of: a layer or parameter.</summary>
    private static string Kind(string name) =>
        !name.Contains('/', StringComparison.Ordinal) && name != "schedule" ? "weight" : Regex.Replace(Regex.Replace(name, "[0-9]+: [^/]+", "#"), "group/[^/]+", "group/#");

    private static LRScheduler? Schedule(SharpnessAwareOptimizer optimizer, int kind) => kind switch
    {
        0 => null,
        1 => CosineAnnealingLR(optimizer, T_max: 5),
        _ => StepLR(optimizer, step_size: 2, gamma: 0.5),
    };

    private static IEnumerable<ScoreBatch> Batches(RandomModel model)
    {
        var input = linspace(-1, 1, 4 * RandomModel.Width, dtype: ScalarType.Float64).reshape(4, RandomModel.Width);
        return [new ScoreBatch(4, () => model.call(input).square().mean())];
    }

    private static Mlp SmallModel() => new(["tanh", "tanh"], 4, 5, 6, 3);

    private static void Step(Mlp model, TestOptimizer optimizer)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(StepOutcome.Updated, optimizer.Step(() => model.call(ones(2, 4, dtype: ScalarType.Float64)).square().sum()).Outcome);
    }

    private sealed record RoundRobinOptions : SharpnessOptions
    {
        public bool Silent { get; init; }

        public override LayerSelector CreateSelector(IReadOnlyList<Arm> arms) => Silent ? new SilentSelector() : new RoundRobinSelector();
    }

    private class SilentSelector : LayerSelector
    {
        protected int Next { get; set; }

        public override bool Select(Span<ArmRole> roles)
        {
            roles[Next++ % roles.Length] = ArmRole.Perturbed;
            return true;
        }
    }

    private sealed class RoundRobinSelector : SilentSelector
    {
        public override void DescribeState(StateDescription state) => state.Integer("next", () => Next, next => Next = (int)next, maximum: int.MaxValue);
    }

    private sealed class SilentDraws : IUniformSource
    {
        public double Next() => 0;
    }
}
