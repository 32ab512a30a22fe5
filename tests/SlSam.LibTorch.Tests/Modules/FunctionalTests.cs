using SlSam.LibTorch.Tests.Reference;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace SlSam.LibTorch.Tests.Modules;

/// <summary>Results and gradients of functions, against PyTorch's.</summary>
public class FunctionalTests
{
    // x, y (4 x 5) and q (2 x 3 x 4 x 5) are differentiated; t holds a class for each row of x, p probabilities (4 x 5).
    private sealed record Inputs(Tensor x, Tensor y, Tensor t, Tensor p, Tensor q);

    private static readonly Dictionary<string, (string Python, Func<Inputs, Tensor> Ours)> s_cases = new()
    {
        ["linear"] = ("F.linear(x, y[:3], y[0, :3])", i => F.linear(i.x, i.y.narrow(0, 0, 3), i.y.select(0, 0).narrow(0, 0, 3))),
        ["softmax"] = ("F.softmax(x, 1)", i => F.softmax(i.x, 1)),
        ["softmax in float32"] = ("F.softmax(x, 1, dtype=torch.float32)", i => F.softmax(i.x, 1, ScalarType.Float32)),
        ["log_softmax"] = ("F.log_softmax(x, 0)", i => F.log_softmax(i.x, 0)),
        ["elu"] = ("F.elu(x, 0.7)", i => F.elu(i.x, 0.7)),
        ["relu6"] = ("F.relu6(x * 9)", i => F.relu6(i.x * 9)),
        ["cross_entropy"] = ("F.cross_entropy(x, t)", i => F.cross_entropy(i.x, i.t)),
        ["cross_entropy of probabilities"] = ("F.cross_entropy(x, p, reduction='sum')", i => F.cross_entropy(i.x, i.p, reduction: Reduction.Sum)),
        ["cross_entropy, all options"] = (
            "F.cross_entropy(x, t, p[0] + 1, ignore_index=2, reduction='none', label_smoothing=0.1)",
            i => F.cross_entropy(i.x, i.t, i.p.select(0, 0) + 1, 2, Reduction.None, 0.1)),
        ["nll_loss"] = ("F.nll_loss(x, t, p[0])", i => F.nll_loss(i.x, i.t, i.p.select(0, 0))),
        ["binary_cross_entropy"] = ("F.binary_cross_entropy(x.sigmoid(), p, p + 1)", i => F.binary_cross_entropy(i.x.sigmoid(), i.p, i.p + 1)),
        ["binary_cross_entropy_with_logits"] = (
            "F.binary_cross_entropy_with_logits(x, p, p + 1, pos_weight=p[0] + 2)",
            i => F.binary_cross_entropy_with_logits(i.x, i.p, i.p + 1, Reduction.Mean, i.p.select(0, 0) + 2)),
        ["mse_loss"] = ("F.mse_loss(x, y)", i => F.mse_loss(i.x, i.y)),
        ["mse_loss, none"] = ("F.mse_loss(x, y, reduction='none')", i => F.mse_loss(i.x, i.y, Reduction.None)),
        ["l1_loss"] = ("F.l1_loss(x, y, reduction='sum')", i => F.l1_loss(i.x, i.y, Reduction.Sum)),
        ["CrossEntropyLoss"] = ("nn.CrossEntropyLoss(ignore_index=1)(x, t)", i => CrossEntropyLoss(ignore_index: 1).call(i.x, i.t)),
        ["NLLLoss"] = ("nn.NLLLoss(reduction='sum')(x, t)", i => NLLLoss(reduction: Reduction.Sum).call(i.x, i.t)),
        ["MSELoss"] = ("nn.MSELoss()(x, y)", i => MSELoss().call(i.x, i.y)),
        ["L1Loss"] = ("nn.L1Loss()(x, y)", i => L1Loss().call(i.x, i.y)),
        ["BCEWithLogitsLoss"] = ("nn.BCEWithLogitsLoss(pos_weight=p[0])(x, p)", i => BCEWithLogitsLoss(pos_weights: i.p.select(0, 0)).call(i.x, i.p)),
        ["dropout"] = ("F.dropout(x, 0.4)", i => F.dropout(i.x, 0.4)),
        ["dropout in evaluation"] = ("F.dropout(x, 0.4, training=False)", i => F.dropout(i.x, 0.4, training: false)),
        ["layer_norm"] = ("F.layer_norm(x, [5], y[0], y[1])", i => F.layer_norm(i.x, [5], i.y.select(0, 0), i.y.select(0, 1))),
        ["group_norm"] = ("F.group_norm(q, 3)", i => F.group_norm(i.q, 3)),
        ["instance_norm"] = ("F.instance_norm(q)", i => F.instance_norm(i.q)),
        ["batch_norm"] = (
            "F.batch_norm(x, y[0].detach(), p[0], y[1], y[2], eps=1e-2)",
            i => F.batch_norm(i.x, i.y.select(0, 0).detach(), i.p.select(0, 0), i.y.select(0, 1), i.y.select(0, 2), eps: 1e-2)),
        ["normalize"] = ("F.normalize(x)", i => F.normalize(i.x)),
        ["normalize, p = 1"] = ("F.normalize(x, 1.0, 0)", i => F.normalize(i.x, 1, 0)),
        ["cosine_similarity"] = ("F.cosine_similarity(x, y, 0)", i => F.cosine_similarity(i.x, i.y, 0)),
        ["one_hot"] = ("F.one_hot(t) * x", i => F.one_hot(i.t) * i.x),
        ["one_hot of more classes"] = ("F.one_hot(t, 7) + x.sum()", i => F.one_hot(i.t, 7) + i.x.sum()),
        ["conv1d"] = ("F.conv1d(x, y.reshape(1, 4, 5), None, 1, 2)", i => F.conv1d(i.x, i.y.reshape(1, 4, 5), padding: 2)),
        ["conv2d"] = (
            "F.conv2d(q, y[:, :3].reshape(2, 3, 2, 1), y[0, :2], [2, 1], [1, 0], [1, 3])",
            i => F.conv2d(i.q, i.y.narrow(1, 0, 3).reshape(2, 3, 2, 1), i.y.select(0, 0).narrow(0, 0, 2), [2, 1], [1, 0], [1, 3])),
        ["pad"] = ("F.pad(x, [1, 2, 0, 3], value=2.5)", i => F.pad(i.x, [1, 2, 0, 3], value: 2.5)),
        ["pad by replication"] = ("F.pad(q, [1, 2, 0, 3], mode='replicate')", i => F.pad(i.q, [1, 2, 0, 3], PaddingModes.Replicate)),
        ["max_pool2d"] = ("F.max_pool2d(q, 3, 1, 1)", i => F.max_pool2d(i.q, 3, 1, 1)),
        ["avg_pool2d"] = ("F.avg_pool2d(q, 2, padding=1)", i => F.avg_pool2d(i.q, 2, padding: 1)),
        ["adaptive_avg_pool2d"] = ("F.adaptive_avg_pool2d(q, [3, 1])", i => F.adaptive_avg_pool2d(i.q, [3, 1])),
        ["attention"] = (
            "torch.softmax(q @ (q * 2).transpose(-2, -1) / math.sqrt(5), -1) @ q[..., :3]",
            i => F.scaled_dot_product_attention(i.q, i.q * 2, i.q.narrow(-1, 0, 3))),
        ["attention, causal"] = (
            "torch.softmax((q @ q.transpose(-2, -1) / math.sqrt(5)).masked_fill(torch.ones(4, 4).triu(1).bool(), -math.inf), -1) @ q",
            i => F.scaled_dot_product_attention(i.q, i.q, i.q, is_casual: true)),
        ["attention, masked"] = (
            "torch.softmax((q @ q.transpose(-2, -1) / math.sqrt(5)).masked_fill((torch.arange(4) > 2), -math.inf), -1) @ q",
            i => F.scaled_dot_product_attention(i.q, i.q, i.q, arange(4).le(2).unsqueeze(0))),
        ["attention, with a bias"] = (
            "torch.softmax(q @ q.transpose(-2, -1) / math.sqrt(5) + y[:, :4], -1) @ q",
            i => F.scaled_dot_product_attention(i.q, i.q, i.q, i.y.narrow(1, 0, 4))),
    };

    public static TheoryData<string> Names => new(s_cases.Keys);

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void FunctionEqualsPyTorchs(string name)
    {
        var (python, function) = s_cases[name];
        using var scope = NewDisposeScope();

        manual_seed(23);
        var q = randn([2, 3, 4, 5], dtype: ScalarType.Float64, requires_grad: true);
        var x = randn([4, 5], dtype: ScalarType.Float64, requires_grad: true);
        var y = randn([4, 5], dtype: ScalarType.Float64, requires_grad: true);
        var p = rand([4, 5], dtype: ScalarType.Float64);
        var result = function(new Inputs(x, y, tensor(new long[] { 2, 0, 4, 1 }), p, q));
        var factors = arange(result.numel(), dtype: ScalarType.Float64).reshape(result.shape).cos();
        (result * factors).sum().backward();

        var ours = new List<(string, Tensor)> { ("result", result) };
        foreach (var (input, gradient) in new[] { ("x", x.grad), ("y", y.grad), ("q", q.grad) })
            if (gradient is not null) ours.Add((input, gradient));

        PyTorch.AssertSame(
            $"""
            torch.manual_seed(23)
            q = torch.randn(2, 3, 4, 5, dtype=torch.float64, requires_grad=True)
            x = torch.randn(4, 5, dtype=torch.float64, requires_grad=True)
            y = torch.randn(4, 5, dtype=torch.float64, requires_grad=True)
            p = torch.rand(4, 5, dtype=torch.float64)
            t = torch.tensor([2, 0, 4, 1])
            out["result"] = {python}
            factors = torch.arange(out["result"].numel(), dtype=torch.float64).reshape(out["result"].shape).cos()
            (out["result"] * factors).sum().backward()
            for n, v in ("x", x), ("y", y), ("q", q):
                if v.grad is not None:
                    out[n] = v.grad
            """, ours);
    }

    [Fact]
    public void AttentionRefusesAMaskBesideCausality()
    {
        using var q = randn(2, 3);
        using var mask = ones(2, 2);
        Assert.ThrowsAny<Exception>(() => F.scaled_dot_product_attention(q, q, q, mask, is_casual: true));
    }
}
