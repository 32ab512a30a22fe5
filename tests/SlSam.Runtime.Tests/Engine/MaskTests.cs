using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Engine;

/// <summary>A parameter of which some entries are trained, against the same step on the whole parameter with a gradient that is 0 elsewhere.</summary>
public sealed class MaskTests : IDisposable
{
    private static readonly SharpnessOptions[] Methods = [new PlainOptions(), new SamOptions { Rho = 0.5 }];

    private static readonly UpdateRule[] Rules =
        [UpdateRule.AdamW(0.01, weightDecay: 0), UpdateRule.Adam(0.01), UpdateRule.Sgd(0.1, momentum: 0.9), UpdateRule.Sgd(0.1)];

    private readonly DisposeScope _scope = NewDisposeScope();

    public MaskTests() => manual_seed(2);

    public void Dispose() => _scope.Dispose();

    public static TheoryData<int, int> Cases
    {
        get
        {
            var cases = new TheoryData<int, int>();
            foreach (var method in Enumerable.Range(0, Methods.Length))
            {
                foreach (var rule in Enumerable.Range(0, Rules.Length))
                {
                    cases.Add(method, rule);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Masked_training_is_dense_training_with_the_other_gradients_at_0(int method, int rule)
    {
        using var masked = new Mlp(["tanh"], 5, 6, 3);
        using var dense = new Mlp(["tanh"], 5, 6, 3);
        dense.load_state_dict(masked.state_dict());
        using var optimizer = new TestOptimizer(masked, Methods[method], Rules[rule]);
        using var expected = new TestOptimizer(dense, Methods[method], Rules[rule]);
        var indices = tensor(new long[] { 29, 3, 17, 0, 8 });
        optimizer.SetMask(optimizer.Trained[0], indices);
        var mask = zeros(30, dtype: ScalarType.Float64).index_fill(0, indices, 1).view(6, 5);
        for (var step = 0; step < 5; step++)
        {
            using var stepScope = NewDisposeScope();
            var batch = Batch.Random(8, 5, 3, ScalarType.Float64);
            var report = optimizer.Step(() => batch.Loss(masked.call(batch.Input)));
            var whole = expected.Step(() => batch.Loss(WithGradientWhere(mask, dense, batch.Input)));
            Assert.Equal(whole.Loss, report.Loss, 1e-12);
            Assert.Equal(whole.GradientNorm, report.GradientNorm, 1e-12);
            Assert.Equal(whole.PerturbedLoss, report.PerturbedLoss, 1e-12);
            Assert.Equal(whole.ActiveParameters - 25, report.ActiveParameters);
            Assert.Null(masked.Linears[0].weight!.grad);
        }

        var state = dense.state_dict();
        Assert.All(masked.state_dict(), pair => Assert.True(pair.Value.allclose(state[pair.Key], 1e-12, 1e-12), pair.Key));
    }

    [Fact]
    public void Entries_outside_of_the_mask_never_change_a_bit_and_no_step_leaves_the_others_perturbed()
    {
        using var model = new Mlp(["tanh"], 5, 6, 3);
        using var optimizer = new TestOptimizer(model, new SamOptions { Rho = 0.5 }, UpdateRule.AdamW(0.01, weightDecay: 0.1));
        var indices = tensor(new long[] { 1, 2, 28 });
        optimizer.SetMask(optimizer.Trained[0], indices);
        var before = model.Linears[0].weight!.detach().clone();
        var batch = Batch.Random(8, 5, 3, ScalarType.Float64);
        var calls = 0;
        optimizer.Step(() => batch.Loss(model.call(batch.Input)) * (++calls == 2 ? double.NaN : 1));
        Assert.True(Snapshot.Same(model.Linears[0].weight!, before));
        optimizer.Step(() => batch.Loss(model.call(batch.Input)));
        var changed = model.Linears[0].weight!.detach().ne(before).view(-1).nonzero().view(-1);
        Assert.Equal(indices.data<long>().ToArray(), changed.data<long>().ToArray());
    }

    [Fact]
    public void A_parameter_with_a_mask_that_gets_no_gradient_is_left_alone()
    {
        using var model = new Mlp(["tanh"], 5, 6, 3);
        using var optimizer = new TestOptimizer(model, new SamOptions { Rho = 0.5 }, UpdateRule.AdamW(0.01, weightDecay: 0.1));
        optimizer.SetMask(optimizer.Trained[0], tensor(new long[] { 1, 2 }));
        var before = new Snapshot(model);
        optimizer.Step(() => model.Linears[1].call(ones(4, 6, dtype: ScalarType.Float64)).square().sum());
        Assert.Equal(["linear1.bias", "linear1.weight"], before.Changed().Order());
        Assert.True(double.IsNaN(optimizer.Trained[0].GradientNorm));
    }

    [Fact]
    public void A_new_mask_takes_the_place_of_the_old_one_and_null_trains_all_again()
    {
        using var model = new Mlp(["tanh"], 5, 6, 3);
        using var optimizer = new TestOptimizer(model, new SamOptions { Rho = 0.5 }, UpdateRule.AdamW(0.01));
        var trained = optimizer.Trained[0];
        Tensor?[] masks = [tensor(new long[] { 1, 2 }), tensor(new long[] { 7 }), null];
        foreach (var mask in masks)
        {
            using var stepScope = NewDisposeScope();
            optimizer.SetMask(trained, mask);
            var before = model.Linears[0].weight!.detach().clone();
            var batch = Batch.Random(8, 5, 3, ScalarType.Float64);
            var report = optimizer.Step(() => batch.Loss(model.call(batch.Input)));
            Assert.Equal(mask?.numel() ?? 30, model.Linears[0].weight!.detach().ne(before).sum().ToInt64());
            Assert.Equal(report.TotalParameters, (mask?.numel() ?? 30) + 27);
        }
    }

    [Fact]
    public void Indices_that_do_not_fit_are_refused()
    {
        using var model = new Mlp([], 5, 3);
        using var optimizer = new TestOptimizer(model, new SamOptions(), UpdateRule.AdamW(0.01));
        Assert.Contains("0 to 14", Assert.Throws<ArgumentException>(() => optimizer.SetMask(optimizer.Trained[0], tensor(new long[] { 15 }))).Message);
        Assert.Contains("int64", Assert.Throws<ArgumentException>(() => optimizer.SetMask(optimizer.Trained[0], tensor(new[] { 1.0f }))).Message);
    }

    /// <summary>The forward pass of an <see cref="Mlp"/> whose first weight gets a gradient at the entries of a mask only.</summary>
    private static Tensor WithGradientWhere(Tensor mask, Mlp model, Tensor input)
    {
        var weight = model.Linears[0].weight!;
        var partly = weight * mask + weight.detach() * (1 - mask);
        return model.Linears[1].call((input.matmul(partly.t()) + model.Linears[0].bias!).tanh());
    }
}
