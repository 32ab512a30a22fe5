using SlSam.LibTorch.Tests.Reference;
using SlSam.Runtime.Tests.Engine;
using SlSam.Runtime.Tests.Lora;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Precision;

/// <summary>Steps of which the forward passes are computed in bfloat16.</summary>
public sealed class MixedPrecisionTests : IDisposable
{
    private static readonly MixedPrecisionOptions BFloat16 = new();

    private readonly DisposeScope _scope = NewDisposeScope();

    public MixedPrecisionTests()
    {
        Autocasting.Require();
        manual_seed(6);
    }

    public static TheoryData<string> Staged => new("SL-SAM, windowed", "SL-SAM by parameter", "layer-wise SAM on a part of the batch", "SAM", "plain");

    public void Dispose() => _scope.Dispose();

    [SkippableFact]
    public void A_run_is_that_of_two_passes_under_PyTorchs_autocast()
    {
        using var model = new StagedClassifier(blocks: 1, width: 8, classes: 3);
        var input = randn(16, 8);
        var target = randint(0, 3, [16]).to(ScalarType.Int64);
        var start = model.named_parameters().Select(named => $"'{named.name}': {AdapterCase.Python(named.parameter)}.float().requires_grad_()").ToArray();
        var rule = UpdateRule.AdamW(0.01, weightDecay: 0.1) with { DecayedTensors = DecayedTensors.All };
        using var optimizer = new StagedClassifierSlSam(model, new SamOptions { Rho = 0.5, MixedPrecision = BFloat16 }, rule);
        var (losses, perturbed) = (new List<double>(), new List<double>());
        for (var step = 0; step < 6; step++)
        {
            var report = optimizer.Step(input, logits => nn.functional.cross_entropy(logits, target));
            losses.Add(report.Loss);
            perturbed.Add(report.PerturbedLoss);
        }

        // A weight that rounds to the other side in bfloat16 makes the next losses differ by about 1e-4.
        PyTorch.AssertSame(
            $$"""
            P = { {{string.Join(", ", start)}} }
            x, y = {{AdapterCase.Python(input)}}.float(), torch.tensor({{$"[{string.Join(", ", target.data<long>().ToArray())}]"}})
            optimizer = torch.optim.AdamW(P.values(), lr=0.01, weight_decay=0.1)
            def backward():
                optimizer.zero_grad()
                with torch.autocast('cpu', dtype=torch.bfloat16):
                    h = F.linear(x, P['stem.weight'], P['stem.bias'])
                    h = h + torch.tanh(F.linear(h, P['blocks.0.inner.weight'], P['blocks.0.inner.bias']))
                    logits = F.linear(h, P['head.weight'], P['head.bias'])
                    assert logits.dtype == torch.bfloat16
                    loss = F.cross_entropy(logits, y)
                loss.backward()
                return loss
            losses, perturbed = [], []
            for step in range(6):
                losses.append(backward())
                with torch.no_grad():
                    before = {n: p.clone() for n, p in P.items()}
                    norm = torch.norm(torch.stack([torch.norm(p.grad) for p in P.values()]))
                    for p in P.values(): p.add_(p.grad * (0.5 / norm))
                perturbed.append(backward())
                with torch.no_grad():
                    for n, p in P.items(): p.copy_(before[n])
                optimizer.step()
            out['losses'], out['perturbed'] = torch.stack(losses), torch.stack(perturbed)
            out['head'] = P['head.weight']
            """,
            [("losses", tensor(losses.ToArray())), ("perturbed", tensor(perturbed.ToArray())), ("head", model.get_parameter("head.weight")!)],
            tolerance: 2e-3);
        Assert.All(losses.Zip(perturbed), pair => Assert.True(pair.Second > pair.First + 0.02));
    }

    [SkippableTheory]
    [MemberData(nameof(Staged))]
    public void The_kept_prefix_changes_no_bit(string name)
    {
        using var staged = new StagedClassifier(blocks: 5, width: 12, classes: 4);
        using var whole = new StagedClassifier(blocks: 5, width: 12, classes: 4);
        whole.load_state_dict(staged.state_dict());
        var options = Compositions.All[name] with { MixedPrecision = BFloat16 };
        using var left = new StagedClassifierSlSam(staged, options, UpdateRule.AdamW(0.01));
        using var right = new StagedClassifierSlSam(whole, options, UpdateRule.AdamW(0.01));
        var types = new HashSet<ScalarType>();
        for (var step = 0; step < 10; step++)
        {
            using var stepScope = NewDisposeScope();
            var batch = Batch.Random(8, 12, 4);
            var one = left.Step(batch.Input, batch.Target, (logits, target) =>
            {
                types.Add(logits.dtype);
                return nn.functional.cross_entropy(logits, target);
            });
            var other = right.Step(slice => nn.functional.cross_entropy(whole.call(slice.Of(batch.Input)), slice.Of(batch.Target)));
            Assert.Equal(other.Loss, one.Loss);
            Assert.Equal(other.PerturbedLoss, one.PerturbedLoss);
        }

        Assert.Equal([ScalarType.BFloat16], types);
        var state = whole.state_dict();
        Assert.All(staged.state_dict(), pair => Assert.True(Snapshot.Same(pair.Value, state[pair.Key]), pair.Key));
        Assert.All(staged.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
    }

    [SkippableFact]
    public void A_weight_that_two_stages_share_gets_the_gradients_of_both()
    {
        var options = new LayerWiseSamOptions { Count = 1, Explore = false, Rho = 0.5, MixedPrecision = BFloat16 };
        using var staged = new TiedClassifier(6);
        staged.to(ScalarType.Float32);
        using var whole = new TiedClassifier(6);
        whole.to(ScalarType.Float32);
        whole.load_state_dict(staged.state_dict());
        using var left = new TiedClassifierSlSam(staged, options, UpdateRule.Sgd(0.1));
        using var right = new TiedClassifierSlSam(whole, options, UpdateRule.Sgd(0.1));
        var batch = Batch.Random(8, 6, 6);
        left.Step(batch.Input, batch.Target, (logits, target) => nn.functional.cross_entropy(logits, target));
        right.Step(() => batch.Loss(whole.call(batch.Input)));

        var state = whole.state_dict();
        Assert.All(staged.state_dict(), pair => Assert.True(pair.Value.allclose(state[pair.Key], 1e-3, 1e-4), pair.Key));
    }

    [SkippableFact]
    public void A_closure_that_throws_or_opens_scopes_of_its_own_leaves_no_autocast_behind()
    {
        using var model = new StagedClassifier(blocks: 1, width: 4, classes: 2);
        using var optimizer = new StagedClassifierSlSam(model, new SamOptions { MixedPrecision = BFloat16 }, UpdateRule.AdamW(0.01));
        var before = new Snapshot(model);
        var calls = 0;
        Tensor Loss()
        {
            using var off = new AutocastScope(AutocastType.Off, CPU);
            Assert.Equal(ScalarType.Float32, model.call(ones(2, 4)).dtype);
            return ++calls == 2 ? throw new FormatException() : model.call(ones(2, 4)).sum();
        }

        Assert.Throws<FormatException>((Action)(() => optimizer.Step(Loss)));
        Assert.Empty(before.Changed());
        Assert.Null(AutocastScope.Innermost);
        Assert.Equal(ScalarType.Float32, model.call(ones(2, 4)).dtype);
        Assert.Equal(StepOutcome.Updated, optimizer.Step(Loss).Outcome);
    }

    [SkippableFact]
    public void A_step_inside_of_a_scope_is_refused()
    {
        using var model = new StagedClassifier(blocks: 1, width: 4, classes: 2);
        using var optimizer = new StagedClassifierSlSam(model, new SamOptions(), UpdateRule.AdamW(0.01));
        var before = new Snapshot(model);
        using var autocast = new AutocastScope(AutocastType.BFloat16, CPU);

        var error = Assert.Throws<InvalidOperationException>((Action)(() => optimizer.Step(() => model.call(ones(2, 4)).sum())));
        Assert.Contains("set MixedPrecision in the optimizer's options", error.Message);
        Assert.Empty(before.Changed());
    }

    [SkippableFact]
    public void Float16_on_a_CPU_trains_with_a_scaled_loss_where_libtorch_computes_in_it_and_is_refused_where_not()
    {
        using var model = new StagedClassifier(blocks: 1, width: 4, classes: 2);
        var options = new SamOptions { MixedPrecision = new() { Type = AutocastType.Float16 } };
        if (Record.Exception(() => AutocastSupport.Require(AutocastType.Float16, CPU)) is NotSupportedException expected)
        {
            var error = Assert.Throws<NotSupportedException>(() => new StagedClassifierSlSam(model, options, UpdateRule.AdamW(0.01)));
            Assert.Contains("does not compute in Float16 on the device 'CPU'", error.Message);
            Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
            return;
        }

        using var optimizer = new StagedClassifierSlSam(model, options, UpdateRule.AdamW(0.01));
        var batch = Batch.Random(16, 4, 2);
        StepReport[] reports = [.. Enumerable.Range(0, 40).Select(_ => optimizer.Step(batch.Input, logits => batch.Loss(logits)))];
        Assert.All(reports, report => Assert.Equal((StepOutcome.Updated, 65536), (report.Outcome, report.LossScale)));
        Assert.True(reports[^1].Loss < reports[0].Loss - 0.05);
    }
}
