using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.LibTorch.Tests.Conformance;

/// <summary>What expressions are made of: two normal matrices, a positive one, five indices and a mask.</summary>
public sealed record Inputs(Tensor x, Tensor y, Tensor p, Tensor i, Tensor m);

/// <summary>Expressions of PyTorch and what is to give the same here.</summary>
public static class OperatorCases
{
    public static IReadOnlyDictionary<string, Func<Inputs, Tensor[]>> All { get; } = new Dictionary<string, Func<Inputs, Tensor[]>>
    {
        // Arithmetic
        ["x + y"] = t => [t.x + t.y],
        ["torch.add(x, y, alpha=0.3)"] = t => [t.x.add(t.y, 0.3)],
        ["x - 2"] = t => [t.x - 2],
        ["2.5 - x"] = t => [2.5 - t.x],
        ["x * y * 3"] = t => [t.x * t.y * 3],
        ["x / p"] = t => [t.x / t.p],
        ["p.reciprocal() * 2"] = t => [2 / t.p],
        ["torch.div(x, p, rounding_mode='floor')"] = t => [t.x.div(t.p, RoundingMode.floor)],
        ["torch.div(x, 0.3, rounding_mode='trunc')"] = t => [t.x.div(0.3, RoundingMode.trunc)],
        ["x.remainder(0.7)"] = t => [t.x % 0.7],
        ["x.fmod(p)"] = t => [t.x.fmod(t.p)],
        ["i // 2"] = t => [t.i.floor_divide(2)],
        ["p.pow(x)"] = t => [t.p.pow(t.x)],
        ["p ** 1.7"] = t => [t.p.pow(1.7)],
        ["torch.addcmul(x, y, p, value=0.1)"] = t => [t.x.addcmul(t.y, t.p, 0.1)],
        ["torch.addcdiv(x, y, p, value=-0.1)"] = t => [addcdiv(t.x, t.y, t.p, -0.1)],
        ["torch.lerp(x, y, p)"] = t => [lerp(t.x, t.y, t.p)],
        ["torch.maximum(x, y) + torch.fmin(x, p)"] = t => [maximum(t.x, t.y) + fmin(t.x, t.p)],
        ["torch.atan2(x, y)"] = t => [atan2(t.x, t.y)],
        ["torch.hypot(x, y)"] = t => [hypot(t.x, t.y)],
        ["torch.logaddexp(x, y)"] = t => [logaddexp(t.x, t.y)],
        // In place
        ["x.clone().add_(y).mul_(2).sub_(p).div_(p).pow_(2).sqrt_()"] = t => [t.x.clone().add_(t.y).mul_(2).sub_(t.p).div_(t.p).pow_(2).sqrt_()],
        ["x.detach().clone().addcmul_(y, p, value=2).addcdiv_(y, p).lerp_(y, p).clamp_(-1, 1)"] = t => [t.x.detach().clone().addcmul_(t.y, t.p, 2).addcdiv_(t.y, t.p).lerp_(t.y, t.p).clamp_(-1, 1)],
        ["x.clone().zero_().fill_(3).copy_(y)"] = t => [t.x.clone().zero_().fill_(3).copy_(t.y)],
        ["x.clone().masked_fill_(m, 0.5)"] = t => [t.x.clone().masked_fill_(t.m, 0.5)],
        // Pointwise
        ["x.abs() + x.neg() + x.sign()"] = t => [t.x.abs() + -t.x + t.x.sign()],
        ["p.sqrt() + p.rsqrt() + p.log() + p.log1p() + p.log2() + p.log10()"] = t => [t.p.sqrt() + t.p.rsqrt() + t.p.log() + t.p.log1p() + t.p.log2() + t.p.log10()],
        ["x.exp() + x.expm1() + x.exp2() + x.square()"] = t => [t.x.exp() + t.x.expm1() + t.x.exp2() + t.x.square()],
        ["x.sin() * x.cos() + x.tan() + x.atan() + x.sinh() + x.cosh()"] = t => [t.x.sin() * t.x.cos() + t.x.tan() + t.x.atan() + t.x.sinh() + t.x.cosh()],
        ["x.tanh() + x.sigmoid() + x.erf() + x.erfc()"] = t => [t.x.tanh() + t.x.sigmoid() + t.x.erf() + t.x.erfc()],
        ["p.lgamma() + p.digamma()"] = t => [t.p.lgamma() + t.p.digamma()],
        ["x.floor() + x.ceil() + x.trunc() + x.frac() + x.round()"] = t => [t.x.floor() + t.x.ceil() + t.x.trunc() + t.x.frac() + t.x.round()],
        ["torch.round(x, decimals=2)"] = t => [t.x.round(2)],
        ["x.clamp(-0.5, 0.5)"] = t => [t.x.clamp(-0.5, 0.5)],
        ["x.clamp(min=0)"] = t => [t.x.clamp_min(0)],
        ["x.clamp(max=y)"] = t => [t.x.clamp(max: t.y)],
        ["torch.where(m, x, y)"] = t => [where(t.m, t.x, t.y)],
        ["x.masked_fill(m, -1e9)"] = t => [t.x.masked_fill(t.m, -1e9)],
        ["torch.nan_to_num((x / 0) - (y / 0), nan=1, posinf=2, neginf=3)"] = t => [(t.x / 0 - t.y / 0).nan_to_num(1, 2, 3)],
        // Activations
        ["F.relu(x)"] = t => [t.x.relu()],
        ["F.gelu(x)"] = t => [t.x.gelu()],
        ["F.silu(x) + F.selu(x) + F.softplus(x) + F.elu(x)"] = t => [t.x.silu() + t.x.selu() + t.x.softplus() + t.x.elu()],
        ["F.leaky_relu(x, 0.2) + F.hardtanh(x, -1, 1) + F.logsigmoid(x)"] = t => [t.x.leaky_relu(0.2) + t.x.hardtanh(-1, 1) + t.x.log_sigmoid()],
        ["F.glu(x, 1)"] = t => [t.x.glu(1)],
        ["x.softmax(-1)"] = t => [t.x.softmax(-1)],
        ["x.log_softmax(0)"] = t => [t.x.log_softmax(0)],
        ["x.softmax(1, dtype=torch.float32)"] = t => [t.x.softmax(1, float32)],
        // Comparison
        ["[x == y, x != y, x < y, x <= 0.1, x > y, x >= -0.1]"] = t => [t.x == t.y, t.x != t.y, t.x < t.y, t.x <= 0.1, t.x > t.y, t.x >= -0.1],
        ["[0.1 < x, 0.1 >= x]"] = t => [(Scalar)0.1 < t.x, (Scalar)0.1 >= t.x],
        ["[m & (x > 0), m | (x > 0), m ^ (x > 0), ~m]"] = t => [t.m & (t.x > 0), t.m | (t.x > 0), t.m ^ (t.x > 0), ~t.m],
        ["[m.logical_and(x > 0), m.logical_or(x > 0), m.logical_not()]"] = t => [t.m.logical_and(t.x > 0), t.m.logical_or(t.x > 0), t.m.logical_not()],
        ["[(x / 0).isfinite(), (x / 0).isinf(), (0 * x / 0).isnan()]"] = t => [(t.x / 0).isfinite(), (t.x / 0).isinf(), (t.x * 0 / 0).isnan()],
        ["[torch.allclose(x, x + 1e-9), torch.allclose(x, y)]"] = t => [tensor(t.x.allclose(t.x + 1e-9)), tensor(t.x.allclose(t.y))],
        // Reductions (sum(0) would be a sum of bytes: a literal 0 converts to ScalarType, in TorchSharp as well)
        ["[x.sum(), x.sum(0), x.sum([0, 1], keepdim=True), x.sum(1, dtype=torch.float32)]"] = t => [t.x.sum(), t.x.sum(0L), t.x.sum(new long[] { 0, 1 }, keepdim: true), t.x.sum(1, type: float32)],
        ["[x.mean(), x.mean([1]), x.mean([0, 1], True)]"] = t => [t.x.mean(), t.x.mean(new long[] { 1 }), t.x.mean(new long[] { 0, 1 }, true)],
        ["[x.var(), x.var(1), x.var([0], unbiased=False, keepdim=True), x.std(), x.std(-1)]"] = t => [t.x.var(), t.x.var(1), t.x.var(new long[] { 0 }, false, true), t.x.std(), t.x.std(-1)],
        ["[x.max(), x.min(), *x.max(1), *x.min(0, keepdim=True)]"] = t => [t.x.max(), t.x.min(), .. Of(t.x.max(1)), .. Of(t.x.min(0, true))],
        ["[x.amax([1]), x.amin([0, 1]), x.argmax(), x.argmin(1, keepdim=True)]"] = t => [t.x.amax(1), t.x.amin(0, 1), t.x.argmax(), t.x.argmin(1, true)],
        ["[m.all(), m.any(), m.all(1), m.any(0, keepdim=True)]"] = t => [t.m.all(), t.m.any(), t.m.all(1), t.m.any(0, true)],
        ["[x.norm(), x.norm(1), x.norm(2, 1), x.norm(float('inf'), 0, True)]"] = t => [t.x.norm(), t.x.norm(1f), t.x.norm(1, false, 2f), t.x.norm(0, true, float.PositiveInfinity)],
        ["[p.prod(), p.prod(1), x.logsumexp(1), x.cumsum(0), p.cumprod(1)]"] = t => [t.p.prod(), t.p.prod(1), t.x.logsumexp(1), t.x.cumsum(0), t.p.cumprod(1)],
        ["[*x.topk(2), *x.topk(3, 0, largest=False)]"] = t => [.. Of(t.x.topk(2)), .. Of(t.x.topk(3, 0, false))],
        ["[*x.sort(1), *torch.sort(x, dim=0, descending=True, stable=True), x.argsort(1)]"] = t => [.. Of(t.x.sort(1)), .. Of(t.x.sort(0, true, true)), t.x.argsort(1)],
        ["[x.median(), x.quantile(torch.tensor(0.3, dtype=torch.float64), 1), m.count_nonzero(), torch.bincount(i), x.trace()]"] = t => [t.x.median(), t.x.quantile(tensor(0.3), 1), t.m.count_nonzero(), bincount(t.i), t.x.trace()],
        // Views and selection
        ["[x.view(2, 12), x.reshape(-1), x.flatten(), x.t(), x.transpose(0, 1), x.permute(1, 0), x.T]"] = t => [t.x.view(2, 12), t.x.reshape(-1), t.x.flatten(), t.x.t(), t.x.transpose(0, 1), t.x.permute(1, 0), t.x.T],
        ["[x.unsqueeze(1), x.unsqueeze(0).squeeze(), x.unsqueeze(0).squeeze(0), x.unsqueeze(1).expand(4, 3, 6), x.unflatten(1, (2, 3))]"] = t => [t.x.unsqueeze(1), t.x.unsqueeze(0).squeeze(), t.x.unsqueeze(0).squeeze(0), t.x.unsqueeze(1).expand(4, 3, 6), t.x.unflatten(1, 2, 3)],
        ["[x.narrow(1, 2, 3), x.select(0, 1), x[1:4:2], x.diagonal(1), x.unfold(1, 2, 2)]"] = t => [t.x.narrow(1, 2, 3), t.x.select(0, 1), t.x.slice(0, 1, 4, 2), t.x.diagonal(1), t.x.unfold(1, 2, 2)],
        ["[*x.chunk(3, 1), *x.split(3), *x.split([1, 2, 3], 1), *x.unbind(1)]"] = t => [.. t.x.chunk(3, 1), .. t.x.split(3), .. t.x.split(new long[] { 1, 2, 3 }, 1), .. t.x.unbind(1)],
        ["[x.index_select(0, i), x.gather(0, i.view(1, 5)), torch.take_along_dim(x, i.view(1, 5), 1)]"] = t => [t.x.index_select(0, t.i), t.x.gather(0, t.i.view(1, 5)), t.x.take_along_dim(t.i.view(1, 5), 1)],
        ["[x.scatter(1, i[:4].view(4, 1), y[:, :1]), x.scatter_add(1, i[:4].view(4, 1), y[:, :1]), x.index_add(0, i[:4], y)]"] = t => [t.x.scatter(1, t.i[..4].view(4, 1), t.y[TensorIndex.Colon, ..1]), t.x.scatter_add(1, t.i[..4].view(4, 1), t.y[TensorIndex.Colon, ..1]), t.x.index_add(0, t.i[..4], t.y, 1)],
        ["[x[1], x[1, 2], x[-1, 1:4], x[..., 0], x[:, None, 1::2], x[i], x[m], x[i, 2], x[:, i]]"] = t => [t.x[1], t.x[1, 2], t.x[-1, TensorIndex.Slice(1, 4)], t.x[TensorIndex.Ellipsis, 0], t.x[TensorIndex.Colon, TensorIndex.None, TensorIndex.Slice(1, step: 2)], t.x[t.i], t.x[t.m], t.x[TensorIndex.Tensor(t.i), 2], t.x[TensorIndex.Colon, TensorIndex.Tensor(t.i)]],
        ["[x.masked_select(m), m.nonzero(), x.flip([0, 1]), x.roll(1, 0), x.roll([1, 2], [0, 1]), x.repeat(2, 1), x.repeat_interleave(2, 1)]"] = t => [t.x.masked_select(t.m), t.m.nonzero(), t.x.flip(0, 1), t.x.roll(1, 0), t.x.roll(new long[] { 1, 2 }, new long[] { 0, 1 }), t.x.repeat(2, 1), t.x.repeat_interleave(2, 1)],
        ["[x.triu(), x.tril(-1), x.diag(), torch.diag_embed(x)]"] = t => [t.x.triu(), t.x.tril(-1), t.x.diag(), t.x.diag_embed()],
        ["[torch.cat([x, y]), torch.cat([x, y], 1), torch.stack([x, y], 1), torch.hstack([x, y]), torch.vstack([x, y])]"] = t => [cat([t.x, t.y]), cat([t.x, t.y], 1), stack([t.x, t.y], 1), hstack(t.x, t.y), vstack([t.x, t.y])],
        // Linear algebra
        ["[x @ y.t(), x.mm(y.t()), x.matmul(y[0]), x.mv(y[0]), x[0].dot(y[0]), torch.outer(x[0], y[0])]"] = t => [t.x.matmul(t.y.t()), t.x.mm(t.y.t()), matmul(t.x, t.y[0]), t.x.mv(t.y[0]), t.x[0].dot(t.y[0]), outer(t.x[0], t.y[0])],
        ["torch.bmm(x.view(2, 2, 6), y.view(2, 6, 2))"] = t => [bmm(t.x.view(2, 2, 6), t.y.view(2, 6, 2))],
        ["torch.addmm(p[:, :4], x, y.t(), beta=0.5, alpha=2)"] = t => [t.p[TensorIndex.Colon, ..4].addmm(t.x, t.y.t(), 0.5f, 2f)],
        ["torch.einsum('ij,kj->ik', x, y)"] = t => [einsum("ij,kj->ik", t.x, t.y)],
        ["torch.matrix_exp(x[:, :4] / 4)"] = t => [t.x[TensorIndex.Colon, ..4].div(4).matrix_exp()],
        ["[x[:, :4].inverse(), x[:, :4].det()]"] = t => [t.x[TensorIndex.Colon, ..4].inverse(), t.x[TensorIndex.Colon, ..4].det()],
        // Factories and random numbers
        ["[torch.zeros(2, 3), torch.ones(2), torch.full((2,), 7), torch.full((2,), 0.5), torch.eye(3), torch.eye(2, 3, dtype=torch.int32)]"] = t => [zeros(2, 3), ones(2), full(2, 7), full(2, 0.5), eye(3), eye(2, 3, int32)],
        ["[torch.arange(5), torch.arange(1, 2, 0.3), torch.arange(1.5, 4), torch.linspace(0, 1, 5), torch.logspace(0, 2, 3)]"] = t => [arange(5), arange(1, 2, 0.3), arange(1.5, 4), linspace(0, 1, 5), logspace(0, 2, 3)],
        ["[torch.randn(5), torch.rand(3, 2), torch.randint(0, 10, (4,)), torch.randint(3, 5, (6,), dtype=torch.int32), torch.randperm(9)]"] = t => [randn(5), rand(3, 2), randint(10, new long[] { 4 }), randint(3, 5, new long[] { 6 }, int32), randperm(9)],
        ["[torch.empty(20).normal_(1, 2), torch.empty(5).uniform_(-1, 1), torch.empty(5).bernoulli_(0.3), torch.empty(5).exponential_(2), torch.empty(4).random_(2, 9)]"] = t => [empty(20).normal_(1, 2), empty(5).uniform_(-1, 1), empty(5).bernoulli_(0.3), empty(5).exponential_(2), empty(4).random_(2, 9)],
        ["[p.multinomial(2), (p - 0.5).bernoulli(), torch.randn_like(x), torch.rand_like(x, dtype=torch.float32), torch.randint_like(i, 0, 100)]"] = t => [t.p.multinomial(2), (t.p - 0.5).bernoulli(), randn_like(t.x), rand_like(t.x, float32), randint_like(t.i, 0, 100)],
        ["[torch.zeros_like(x), torch.ones_like(i), torch.full_like(x, 2, dtype=torch.int64)]"] = t => [zeros_like(t.x), ones_like(t.i), full_like(t.x, 2, int64)],
        ["[torch.manual_seed(3).initial_seed(), torch.rand(3)]"] = t => [tensor(manual_seed(3).initial_seed()), rand(3)],
        // Less common ones
        ["F.gelu(x, approximate='tanh')"] = t => [t.x.gelu(TorchSharp.Modules.GELU.Approximate.tanh)],
        ["[x.amax([1], keepdim=True), x.detach().aminmax(dim=0)[1], *x.cummax(1), torch.nansum(x), x.nanmean(1)]"] = t => [t.x.amax([1], keepdim: true), t.x.detach().aminmax(0).max, .. Of(t.x.cummax(1)), t.x.nansum(), t.x.nanmean(1)],
        ["[*torch.std_mean(x, 1), *torch.var_mean(x), torch.var(x, (0, 1)), torch.cov(x), torch.histc(x.detach(), 4)]"] = t => [.. Of(t.x.std_mean(1)), .. Of(t.x.var_mean()), t.x.var((0, 1)), t.x.cov(), t.x.detach().histc(4)],
        ["[*torch.unique(i, return_inverse=True, return_counts=True), torch.unique(i)]"] = t => [t.i.unique(true, true, true).output, t.i.unique(true, true, true).inverse_indices!, t.i.unique(true, true, true).counts!, unique(t.i).output],
        ["[torch.searchsorted(x.detach().sort(1)[0], y.detach()), torch.bucketize(y.detach(), torch.tensor([-1.0, 0, 1]).double()), *x.kthvalue(2)]"] = t => [searchsorted(t.x.detach().sort(1).Values, t.y.detach()), t.y.detach().bucketize(tensor(new[] { -1.0, 0, 1 })), .. Of(t.x.kthvalue(2, null))],
        ["[*torch.tensor_split(x, 4, 1), *x.hsplit(3), x.rot90(), x.fliplr(), x.new_zeros(2, 2), x.new_full((2,), 3.0)]"] = t => [.. t.x.tensor_split(4, 1), .. t.x.hsplit(3), t.x.rot90(), t.x.fliplr(), t.x.new_zeros(2, 2), t.x.new_full(2, 3.0)],
        ["[torch.triu_indices(3, 3), torch.combinations(i), torch.cartesian_prod(i, i), *torch.meshgrid(i, i, indexing='xy')]"] = t => [triu_indices(3, 3), combinations(t.i), cartesian_prod(t.i, t.i), .. meshgrid([t.i, t.i], "xy")],
        ["[torch.linalg.norm(x), torch.linalg.norm(x, 1), torch.linalg.norm(x, 'nuc'), torch.linalg.vector_norm(x, 3, [1]), torch.linalg.matrix_norm(x)]"] = t => [linalg.norm(t.x), linalg.norm(t.x, 1), linalg.norm(t.x, "nuc"), linalg.vector_norm(t.x, 3, [1]), linalg.matrix_norm(t.x)],
        ["[torch.linalg.svdvals(x), torch.linalg.eigvalsh(x @ x.t()), *torch.linalg.qr(x.t()), torch.linalg.solve(x @ x.t(), y), torch.linalg.cholesky(x @ x.t())]"] = t => [linalg.svdvals(t.x), linalg.eigvalsh(t.x.matmul(t.x.t())), .. Of(linalg.qr(t.x.t())), linalg.solve(t.x.matmul(t.x.t()), t.y), linalg.cholesky(t.x.matmul(t.x.t()))],
        ["[torch.normal(x.detach(), p.detach()), torch.tensordot(x, y, 2), torch.trapezoid(x, dx=0.5), torch.renorm(x, 2, 0, 1)]"] = t => [normal(t.x.detach(), t.p.detach()), t.x.tensordot(t.y, 2), t.x.trapezoid(0.5), t.x.renorm(2, 0, 1)],
        ["[torch.finfo(d).eps for d in (torch.float16, torch.bfloat16, torch.float32, torch.float64)] + [torch.finfo(torch.float32).max, torch.finfo(torch.float64).tiny, torch.finfo(torch.float16).resolution]"] = t => [.. new[] { float16, bfloat16, float32, float64 }.Select(d => tensor((float)finfo(d).eps)), tensor((float)finfo(float32).max), tensor((float)finfo(float64).tiny), tensor((float)finfo(float16).resolution)],
        // Conversion
        ["[x.float(), x.half(), x.long(), (x > 0).int(), x.to(torch.float32).double(), m.to(torch.uint8), x.to(torch.bool)]"] = t => [t.x.@float(), t.x.half(), t.x.@long(), (t.x > 0).@int(), t.x.to(float32).@double(), t.m.to(uint8), t.x.@bool()],
        ["[x.contiguous().clone(), x.t().contiguous(), x.detach()]"] = t => [t.x.contiguous().clone(), t.x.t().contiguous(), t.x.detach()],
    };

    private static Tensor[] Of((Tensor, Tensor) pair) => [pair.Item1, pair.Item2];
}
