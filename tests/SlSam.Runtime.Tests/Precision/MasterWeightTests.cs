using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Precision;

/// <summary>Weights in half precision that are the rounding of a float32 master, against the same training in float32.</summary>
public sealed class MasterWeightTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public MasterWeightTests() => manual_seed(3);

    public static TheoryData<string, ScalarType> Cases
    {
        get
        {
            var cases = new TheoryData<string, ScalarType>();
            foreach (var rule in Rules.Keys)
            {
                cases.Add(rule, ScalarType.BFloat16);
                cases.Add(rule, ScalarType.Float16);
            }

            return cases;
        }
    }

    /// <summary>Rules whose steps on a weight of 1 are below half of the distance between two numbers, in bfloat16 and for the most part in float16.</summary>
    private static Dictionary<string, UpdateRule> Rules { get; } = new()
    {
        ["sgd"] = UpdateRule.Sgd(1e-4),
        ["sgd, momentum and decay"] = UpdateRule.Sgd(1e-5, 0.9, weightDecay: 0.01) with { DecayedTensors = DecayedTensors.All },
        ["adam"] = UpdateRule.Adam(1e-4),
        ["adamw"] = UpdateRule.AdamW(1e-4, weightDecay: 0.1) with { DecayedTensors = DecayedTensors.All },
    };

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_weight_is_the_rounding_of_the_same_training_in_float32_after_every_step(string name, ScalarType type)
    {
        using var narrow = Ones(type);
        using var wide = Ones(ScalarType.Float32);
        using var ours = new TestOptimizer(narrow, new SamOptions { Rho = 0.01 }, Rules[name]);
        using var theirs = new TestOptimizer(wide, new SamOptions { Rho = 0.01 }, Rules[name]);
        for (var step = 0; step < 60; step++)
        {
            // A loss whose gradient is the same wherever it is taken.
            ours.Step(() => (narrow.Weight * narrow.Direction).sum());
            theirs.Step(() => (wide.Weight * wide.Direction).sum());
            Assert.Equal(Bits(wide.Weight.detach().to(type)), Bits(narrow.Weight));
        }

        Assert.NotEqual(Bits(Ones(type).Weight), Bits(narrow.Weight));
    }

    [Fact]
    public void Without_a_master_the_same_training_stands_still()
    {
        using var model = Ones(ScalarType.BFloat16);
        using var optimizer = new TestOptimizer(model, new PlainOptions(), Rules["sgd"] with { MasterWeights = false });
        for (var step = 0; step < 60; step++)
        {
            optimizer.Step(() => (model.Weight * model.Direction).sum());
        }

        Assert.Equal(Bits(Ones(ScalarType.BFloat16).Weight), Bits(model.Weight));
    }

    [Fact]
    public void Fine_tuning_in_bfloat16_follows_float32_where_it_stands_still_without_masters()
    {
        var (start, wide) = Train(ScalarType.Float32, masters: true);
        var (_, narrow) = Train(ScalarType.BFloat16, masters: true);
        var (_, stalled) = Train(ScalarType.BFloat16, masters: false);
        var moved = (wide - start).norm().ToDouble();

        Assert.InRange((narrow - wide).norm().ToDouble() / moved, 0, 0.1);
        Assert.InRange((stalled - wide).norm().ToDouble() / moved, 0.8, double.PositiveInfinity);
    }

    [Fact]
    public void What_is_set_from_outside_is_kept_and_the_rest_keeps_its_digits()
    {
        using var model = Ones(ScalarType.BFloat16);
        using var optimizer = new TestOptimizer(model, new SamOptions { Rho = 0.01 }, UpdateRule.Sgd(1.0 / 2048));
        void Step() => optimizer.Step(() => (model.Weight * ones(4, ScalarType.BFloat16)).sum());

        // Below 1 a number of bfloat16 is 1 / 256 wide.
        Step();
        Step();
        Assert.Equal([1, 1, 1, 1], Values(model.Weight));
        using (no_grad())
        {
            model.Weight[2] = tensor(3f).to(ScalarType.BFloat16);
        }

        Step();
        Assert.Equal(3, Values(model.Weight)[2]);
        for (var step = 3; step < 8; step++)
        {
            Step();
        }

        // Eight steps from 1; and six from 3, where a number is 1 / 64 wide.
        double[] expected = [1 - 8.0 / 2048, 1 - 8.0 / 2048, 3, 1 - 8.0 / 2048];
        Assert.Equal(expected, Values(model.Weight));
        Assert.Equal(3 - 6.0 / 2048, optimizer.Trained[0].Value[2].ToDouble());

        var other = Ones(ScalarType.BFloat16);
        using (no_grad())
        {
            other.Weight.mul_(5);
        }

        model.load_state_dict(other.state_dict());
        optimizer.Group("weight").LearningRate = 0;
        Step();
        Assert.Equal([5, 5, 5, 5], Values(model.Weight));
    }

    [Fact]
    public void The_second_pass_is_at_the_rounding_of_the_moved_master_which_moves_weights_by_the_radius_on_average()
    {
        const int Count = 1 << 16;
        const double Rho = 0.05;
        var shares = new Dictionary<bool, double>();
        foreach (var masters in new[] { true, false })
        {
            using var model = new Many(Count);
            using var optimizer = new TestOptimizer(model, new SamOptions { Rho = Rho }, UpdateRule.Sgd(1) with { MasterWeights = masters });
            var noise = rand(Count).sub(0.5).mul(1.0 / 128).to(ScalarType.BFloat16);
            optimizer.Step(() => (model.Weight * noise).sum());
            optimizer.Group("weight").LearningRate = 0;
            var master = optimizer.Trained[0].Value.detach().to(ScalarType.Float32).clone();
            var points = new List<Tensor>();
            optimizer.Step(() =>
            {
                points.Add(model.Weight.detach().clone().DetachFromDisposeScope());
                return model.Weight.sum();
            });

            var step = Rho / Math.Sqrt(Count);
            Assert.Equal(Bits(master.add(step).to(ScalarType.BFloat16)), Bits(points[1]));
            Assert.Equal(Bits(points[0]), Bits(model.Weight));
            shares[masters] = points[1].to(ScalarType.Float64).sub(points[0].to(ScalarType.Float64)).mean().ToDouble() / step;
        }

        Assert.InRange(shares[true], 0.9, 1.1);
        Assert.Equal(0, shares[false]);
    }

    [Fact]
    public void Trained_entries_have_masters_of_their_own_and_the_others_keep_their_bits()
    {
        using var model = Ones(ScalarType.BFloat16);
        using var wide = Ones(ScalarType.Float32);
        using var ours = new TestOptimizer(model, new SamOptions { Rho = 0.01 }, UpdateRule.AdamW(1e-4));
        using var theirs = new TestOptimizer(wide, new SamOptions { Rho = 0.01 }, UpdateRule.AdamW(1e-4));
        ours.SetMask(ours.Trained[0], tensor(new long[] { 3, 1 }));
        theirs.SetMask(theirs.Trained[0], tensor(new long[] { 3, 1 }));
        for (var step = 0; step < 60; step++)
        {
            ours.Step(() => (model.Weight * model.Direction).sum());
            theirs.Step(() => (wide.Weight * wide.Direction).sum());
            Assert.Equal(Bits(wide.Weight.detach().to(ScalarType.BFloat16)), Bits(model.Weight));
        }

        Assert.Equal([1, 1], new[] { Values(model.Weight)[0], Values(model.Weight)[2] });
        Assert.NotEqual(1, Values(model.Weight)[3]);
    }

    [Fact]
    public void After_a_step_the_weight_has_the_gradient_that_was_applied_and_the_master_holds_none()
    {
        using var model = Ones(ScalarType.BFloat16);
        using var optimizer = new TestOptimizer(model, new SamOptions { Rho = 1, PerturbedWeight = 0.25 }, UpdateRule.Sgd(1e-4));
        var calls = 0;
        optimizer.Step(() => (model.Weight * model.Direction).sum() * (++calls == 1 ? 1 : 3));

        // (1 - 0.25) g + 0.25 * 3 g
        Assert.Equal([1.5, -4.5, 7.5, 1.5], Values(model.Weight.grad!));
        Assert.Equal(0, optimizer.Trained[0].Value.grad!.numel());
    }

    [Fact]
    public void Micro_batches_add_up_in_the_masters_gradient()
    {
        using var model = Ones(ScalarType.BFloat16);
        using var optimizer = new TestOptimizer(model, new PlainOptions(), UpdateRule.Sgd(1));

        // In bfloat16 each of the small shares would be lost beside the first.
        optimizer.Step([4.0, 4.0 / 512, 4.0 / 512, 4.0 / 512], gradient => (model.Weight * ones(4, ScalarType.BFloat16)).sum() * gradient);
        Assert.All(Values(model.Weight), weight => Assert.Equal(-3.0 / 512, weight));
    }

    [Fact]
    public void A_refused_step_changes_neither_weights_nor_masters()
    {
        using var model = Ones(ScalarType.BFloat16);
        using var optimizer = new TestOptimizer(model, new SamOptions { Rho = 1 }, UpdateRule.AdamW(1e-4));
        optimizer.Step(() => (model.Weight * model.Direction).sum());
        var (weight, master) = (Bits(model.Weight), optimizer.Trained[0].Value.data<float>().ToArray());
        foreach (var bad in new[] { 1, 2 })
        {
            var calls = 0;
            var report = optimizer.Step(() => (model.Weight * model.Direction).sum() * (++calls == bad ? double.NaN : 1));
            Assert.Equal(bad == 1 ? StepOutcome.NonFiniteFirstPass : StepOutcome.NonFiniteSecondPass, report.Outcome);
            Assert.Equal(weight, Bits(model.Weight));
            Assert.Equal(master, optimizer.Trained[0].Value.data<float>().ToArray());
        }
    }

    private static Vector Ones(ScalarType type)
    {
        var model = new Vector(type);
        using var _ = no_grad();
        using Scalar one = 1;
        model.Weight.fill_(one);
        return model;
    }

    private static double[] Values(Tensor tensor) => [.. tensor.detach().to(ScalarType.Float64).data<double>()];

    private static byte[] Bits(Tensor tensor) => tensor.detach().contiguous().bytes.ToArray();

    /// <summary>A few steps of fine-tuning with a small learning rate.</summary>
    /// <returns>All weights before and after.</returns>
    private static (Tensor Start, Tensor End) Train(ScalarType type, bool masters)
    {
        manual_seed(8);
        using var model = new StagedClassifier(blocks: 2, width: 16, classes: 3);
        foreach (var parameter in model.parameters())
        {
            using var _ = no_grad();
            parameter.copy_(parameter.to(ScalarType.BFloat16));
        }

        model.to(type);
        using var optimizer = new StagedClassifierSlSam(model, new SamOptions { Rho = 0.05 }, UpdateRule.AdamW(1e-5) with { MasterWeights = masters });
        var start = Whole(model);
        var batch = Batch.Random(32, 16, 3);
        var input = batch.Input.to(type);
        for (var step = 0; step < 100; step++)
        {
            optimizer.Step(input, logits => batch.Loss(logits.to(ScalarType.Float32)));
        }

        return (start, masters && type != ScalarType.Float32 ? cat([.. optimizer.Trained.Select(each => each.Value.detach().reshape(-1))]) : Whole(model));
    }

    private static Tensor Whole(nn.Module model) =>
        cat([.. model.parameters().Select(parameter => parameter.detach().to(ScalarType.Float32).reshape(-1))]);

    /// <summary>A model that is one long weight in bfloat16.</summary>
    private sealed class Many : nn.Module, ISamModel
    {
        public Many(int count)
            : base(nameof(Many))
        {
            Weight = new TorchSharp.Modules.Parameter(full(count, 1.5, ScalarType.BFloat16));
            register_parameter("weight", Weight);
        }

        public TorchSharp.Modules.Parameter Weight { get; }

        IReadOnlyList<SamLayer> ISamModel.CreateLayers() => [new SamLayer("weight", SamLayerKind.Parameter, -1, Weight)];
    }
}
