using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Updating;

/// <summary>The multi-tensor rules against the provider's own optimizers: the same bits after every step.</summary>
public sealed class UpdateRuleTests
{
    public static TheoryData<string> Rules => new(Cases.Keys);

    private static readonly Dictionary<string, (UpdateRule Rule, Func<nn.Module, optim.Optimizer> Reference)> Cases = new()
    {
        ["adamw"] = (UpdateRule.AdamW(3e-3, weightDecay: 0.05), model => optim.AdamW(model.parameters(), 3e-3, weight_decay: 0.05)),
        ["adamw, betas"] = (
            UpdateRule.AdamW(1e-2, 0.8, 0.95, 1e-6, 0), model => optim.AdamW(model.parameters(), 1e-2, 0.8, 0.95, 1e-6, weight_decay: 0)),
        ["adam"] = (UpdateRule.Adam(3e-3), model => optim.Adam(model.parameters(), 3e-3)),
        ["adam, decay"] = (UpdateRule.Adam(3e-3, weightDecay: 0.1), model => optim.Adam(model.parameters(), 3e-3, weight_decay: 0.1)),
        ["sgd"] = (UpdateRule.Sgd(0.05), model => optim.SGD(model.parameters(), 0.05)),
        ["sgd, momentum"] = (
            UpdateRule.Sgd(0.05, 0.9, 0.1, 0.01), model => optim.SGD(model.parameters(), 0.05, 0.9, 0.1, 0.01)),
        ["sgd, nesterov"] = (
            UpdateRule.Sgd(0.05, 0.9, weightDecay: 0.01, nesterov: true),
            model => optim.SGD(model.parameters(), 0.05, 0.9, weight_decay: 0.01, nesterov: true)),
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_equals_the_providers_optimizer_bit_for_bit(string name)
    {
        var (rule, reference) = Cases[name];
        AssertSameTrajectory(rule, new PlainOptions(), reference, width: 16);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void With_a_radius_below_rounding_a_two_pass_step_on_every_layer_is_the_plain_one_bit_for_bit(string name)
    {
        var (rule, reference) = Cases[name];
        AssertSameTrajectory(rule, new SamOptions { Rho = 1e-300 }, reference, width: 16);
    }

    [Theory]
    [InlineData("adamw")]
    [InlineData("sgd, nesterov")]
    public void Large_tensors_which_are_updated_in_pieces_give_the_same_bits(string name)
    {
        var (rule, reference) = Cases[name];
        AssertSameTrajectory(rule, new PlainOptions(), reference, width: 601); // 361,201 weights: two pieces, the second of an odd length
    }

    [Fact]
    public void A_layers_group_has_a_learning_rate_and_weight_decay_of_its_own()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var model = new StagedClassifier(blocks: 2, width: 8, classes: 3);
        using var optimizer = new StagedClassifierSlSam(model, new PlainOptions(), UpdateRule.Sgd(0.1));
        foreach (var group in optimizer.Groups)
        {
            group.LearningRate = 0;
        }

        optimizer.Group("blocks[1]").LearningRate = 0.5;
        var before = new Snapshot(model);
        var batch = Batch.Random(4, 8, 3);
        optimizer.Step(batch.Input, batch.Loss);
        Assert.Equal(["blocks.1.inner.bias", "blocks.1.inner.weight"], before.Changed().Order());

        optimizer.Group("blocks[1]").LearningRate = 0;
        optimizer.Group("head").LearningRate = 0.5;
        optimizer.Group("head").WeightDecay = 0.25;
        using var weight = model.get_parameter("head.weight")!.detach().clone();
        optimizer.Step(() => (model.call(batch.Input) * 0).sum());
        Assert.True(model.get_parameter("head.weight")!.detach().allclose(weight * (1 - 0.5 * 0.25), 1e-6));
        Assert.Contains("no layer 'tail'", Assert.Throws<ArgumentException>(() => optimizer.Group("tail")).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_float16_parameter_without_a_master_is_updated_in_float32_and_rounded(bool decoupled)
    {
        // The squares of these gradients, times 1 - beta2, are below the smallest number of float16, and so is epsilon.
        using var scope = NewDisposeScope();
        using var model = new Vector(ScalarType.Float16);
        var rule = (decoupled ? UpdateRule.AdamW(1.0 / 64, weightDecay: 0.5) : UpdateRule.Adam(1.0 / 64, weightDecay: 1e-3)) with { DecayedTensors = DecayedTensors.All, MasterWeights = false };
        using var optimizer = new TestOptimizer(model, new PlainOptions(), rule);
        double[] gradients = [.. model.Direction.mul(1e-3).to(ScalarType.Float64).data<double>()];
        double[] weights = [0, 0, 0, 0];
        var (first, second) = (new double[4], new double[4]);
        for (var step = 1; step <= 20; step++)
        {
            optimizer.Step(() => (model.Weight * model.Direction.mul(1e-3)).sum());
            for (var i = 0; i < 4; i++)
            {
                weights[i] *= decoupled ? 1 - 0.5 / 64 : 1;
                var gradient = gradients[i] + (decoupled ? 0 : 1e-3 * weights[i]);
                first[i] = 0.9 * first[i] + 0.1 * gradient;
                second[i] = 0.999 * second[i] + 0.001 * gradient * gradient;
                weights[i] -= first[i] / (1 - Math.Pow(0.9, step)) / (Math.Sqrt(second[i] / (1 - Math.Pow(0.999, step))) + 1e-8) / 64;
                weights[i] = (double)(Half)weights[i];
            }

            Assert.All(weights.Zip(model.Weight.to(ScalarType.Float64).data<double>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 3e-4));
        }

        Assert.All(weights, weight => Assert.InRange(Math.Abs(weight), 0.2, 0.32));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.1)]
    public void A_learning_rate_that_no_rule_can_use_is_refused_by_the_layers_name_before_anything_happens(double learningRate)
    {
        using var scope = NewDisposeScope();
        using var model = new StagedClassifier(blocks: 1, width: 4, classes: 2, normalize: true);
        using var optimizer = new StagedClassifierSlSam(model, new SamOptions(), UpdateRule.AdamW(0.1));
        optimizer.Group("head").LearningRate = learningRate;
        var before = new Snapshot(model);
        var calls = 0;
        var error = Assert.Throws<InvalidOperationException>(() => optimizer.Step(() =>
        {
            calls++;
            return model.call(ones(2, 4)).sum();
        }));
        Assert.StartsWith("The learning rate of layer 'head' is ", error.Message);
        Assert.Equal(0, calls);
        Assert.Empty(before.Changed());
    }

    [Fact]
    public void Schedulers_drive_every_group()
    {
        using var model = new StagedClassifier(blocks: 1, width: 4, classes: 2);
        using var optimizer = new StagedClassifierSlSam(model, new SlSamOptions(), UpdateRule.AdamW(0.1));
        optimizer.Group("head").LearningRate = 1;
        optimizer.Group("head").InitialLearningRate = 1;
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, epoch => 1.0 / (1 + epoch));
        scheduler.step();
        Assert.Equal(0.05, optimizer.Group("stem").LearningRate, 1e-12);
        Assert.Equal(0.5, optimizer.Group("head").LearningRate, 1e-12);
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name_and_value()
    {
        Assert.Contains("learningRate is -1", Assert.Throws<ArgumentOutOfRangeException>(() => UpdateRule.Sgd(-1)).Message);
        Assert.Contains("beta2 is 1", Assert.Throws<ArgumentOutOfRangeException>(() => UpdateRule.AdamW(beta2: 1)).Message);
        Assert.Contains("Rho is NaN", Assert.Throws<ArgumentOutOfRangeException>(() => new SamOptions { Rho = double.NaN }).Message);
        Assert.Contains("Sparsity is 0", Assert.Throws<ArgumentOutOfRangeException>(() => new SlSamOptions { Sparsity = 0 }).Message);
        Assert.Throws<ArgumentException>(() => UpdateRule.Sgd(0.1, nesterov: true));
    }

    private static void AssertSameTrajectory(UpdateRule rule, SharpnessOptions options, Func<nn.Module, optim.Optimizer> reference, int width)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var ours = new StagedClassifier(blocks: 2, width, classes: 3);
        using var theirs = new StagedClassifier(blocks: 2, width, classes: 3);
        theirs.load_state_dict(ours.state_dict());
        using var optimizer = new StagedClassifierSlSam(ours, options, rule with { DecayedTensors = DecayedTensors.All });
        using var expected = reference(theirs);
        for (var step = 0; step < 12; step++)
        {
            using var stepScope = NewDisposeScope();
            var batch = Batch.Random(8, width, 3);
            optimizer.Step(batch.Input, batch.Loss);
            theirs.zero_grad();
            batch.Loss(theirs.call(batch.Input)).backward();
            expected.step();
        }

        var state = theirs.state_dict();
        Assert.All(ours.state_dict(), pair => Assert.True(Snapshot.Same(pair.Value, state[pair.Key]), pair.Key));
    }
}
