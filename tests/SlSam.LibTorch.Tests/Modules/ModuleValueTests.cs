using SlSam.LibTorch.Tests.Reference;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SlSam.LibTorch.Tests.Modules;

/// <summary>Initial values, results, gradients and running statistics of modules, against PyTorch's from the same seed.</summary>
public class ModuleValueTests
{
    private const ScalarType F64 = ScalarType.Float64;

    private sealed record Case(string Python, long[] Shape, Func<Module<Tensor, Tensor>> Make);

    private static readonly Dictionary<string, Case> s_cases = new()
    {
        ["Linear"] = new("nn.Linear(5, 3, dtype=torch.float64)", [4, 5], () => Linear(5, 3, dtype: F64)),
        ["Linear without bias"] = new("nn.Linear(5, 3, bias=False, dtype=torch.float64)", [2, 4, 5], () => Linear(5, 3, hasBias: false, dtype: F64)),
        ["Conv1d"] = new(
            "nn.Conv1d(4, 6, 3, stride=2, padding=1, dilation=2, groups=2, dtype=torch.float64)", [2, 4, 11],
            () => Conv1d(4, 6, 3, stride: 2, padding: 1, dilation: 2, groups: 2, dtype: F64)),
        ["Conv1d, padding same"] = new(
            "nn.Conv1d(2, 3, 4, padding='same', dtype=torch.float64)", [2, 2, 7], () => Conv1d(2, 3, 4, Padding.Same, dtype: F64)),
        ["Conv2d"] = new("nn.Conv2d(3, 4, 3, dtype=torch.float64)", [2, 3, 6, 7], () => Conv2d(3, 4, 3, dtype: F64)),
        ["Conv2d, pairs"] = new(
            "nn.Conv2d(2, 4, (3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2), bias=False, dtype=torch.float64)", [2, 2, 6, 7],
            () => Conv2d(2, 4, (3, 2), (2, 1), (1, 0), (1, 2), bias: false, dtype: F64)),
        ["Conv2d, padding same by reflection"] = new(
            "nn.Conv2d(2, 3, (2, 4), padding='same', padding_mode='reflect', dtype=torch.float64)", [1, 2, 5, 6],
            () => Conv2d(2, 3, (2, 4), Padding.Same, padding_mode: PaddingModes.Reflect, dtype: F64)),
        ["Conv2d, circular"] = new(
            "nn.Conv2d(1, 2, 3, padding=1, padding_mode='circular', dtype=torch.float64)", [2, 1, 5, 6],
            () => Conv2d(1, 2, 3, padding: 1, padding_mode: PaddingModes.Circular, dtype: F64)),
        ["LayerNorm"] = new("nn.LayerNorm([3, 4], dtype=torch.float64)", [2, 3, 4], () => LayerNorm([3, 4], dtype: F64)),
        ["LayerNorm without weight"] = new("nn.LayerNorm(4, 1e-3, False)", [2, 4], () => LayerNorm(4, 1e-3, false)),
        ["GroupNorm"] = new("nn.GroupNorm(2, 4, dtype=torch.float64)", [3, 4, 5], () => GroupNorm(2, 4, dtype: F64)),
        ["BatchNorm1d"] = new("nn.BatchNorm1d(4, dtype=torch.float64)", [5, 4], () => BatchNorm1d(4, dtype: F64)),
        ["BatchNorm2d"] = new(
            "nn.BatchNorm2d(3, eps=1e-3, momentum=0.4, dtype=torch.float64)", [2, 3, 4, 5], () => BatchNorm2d(3, 1e-3, 0.4, dtype: F64)),
        ["BatchNorm1d without statistics"] = new(
            "nn.BatchNorm1d(4, affine=False, track_running_stats=False)", [5, 4, 2], () => BatchNorm1d(4, affine: false, track_running_stats: false)),
        ["InstanceNorm1d"] = new("nn.InstanceNorm1d(4)", [3, 4, 6], () => InstanceNorm1d(4)),
        ["InstanceNorm2d"] = new(
            "nn.InstanceNorm2d(2, affine=True, track_running_stats=True, dtype=torch.float64)", [3, 2, 3, 4],
            () => InstanceNorm2d(2, affine: true, track_running_stats: true, dtype: F64)),
        ["InstanceNorm2d of one example"] = new("nn.InstanceNorm2d(2)", [2, 3, 4], () => InstanceNorm2d(2)),
        ["Dropout"] = new("nn.Dropout(0.3)", [6, 7], () => Dropout(0.3)),
        ["ReLU"] = new("nn.ReLU()", [6, 7], () => ReLU()),
        ["GELU"] = new("nn.GELU()", [6, 7], () => GELU()),
        ["GELU by tanh"] = new("nn.GELU(approximate='tanh')", [6, 7], () => GELU(TorchSharp.Modules.GELU.Approximate.tanh)),
        ["SiLU"] = new("nn.SiLU()", [6, 7], () => SiLU()),
        ["Tanh"] = new("nn.Tanh()", [6, 7], () => Tanh()),
        ["Sigmoid"] = new("nn.Sigmoid()", [6, 7], () => Sigmoid()),
        ["LeakyReLU"] = new("nn.LeakyReLU(0.2)", [6, 7], () => LeakyReLU(0.2)),
        ["Softmax"] = new("nn.Softmax(0)", [6, 7], () => Softmax(0)),
        ["LogSoftmax"] = new("nn.LogSoftmax(-1)", [6, 7], () => LogSoftmax(-1)),
        ["Flatten"] = new("nn.Flatten()", [2, 3, 4, 5], () => Flatten()),
        ["Identity"] = new("nn.Identity()", [2, 3], () => Identity()),
        ["MaxPool2d"] = new("nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True)", [2, 3, 8, 7], () => MaxPool2d(3, 2, 1, ceil_mode: true)),
        ["MaxPool2d, pairs"] = new("nn.MaxPool2d((2, 3), dilation=(1, 2))", [2, 3, 8, 9], () => MaxPool2d((2, 3), dilation: (1, 2))),
        ["AvgPool2d"] = new(
            "nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False)", [2, 3, 8, 7], () => AvgPool2d(3, 2, 1, count_include_pad: false)),
        ["AvgPool2d, pairs"] = new("nn.AvgPool2d((2, 3), divisor_override=5)", [2, 3, 8, 9], () => AvgPool2d((2, 3), divisor_override: 5)),
        ["AdaptiveAvgPool2d"] = new("nn.AdaptiveAvgPool2d((3, 2))", [2, 3, 7, 5], () => AdaptiveAvgPool2d((3, 2))),
        ["Sequential"] = new(
            "nn.Sequential(nn.Linear(5, 4, dtype=torch.float64), nn.Tanh(), nn.Linear(4, 2, dtype=torch.float64))", [3, 5],
            () => Sequential(Linear(5, 4, dtype: F64), Tanh(), Linear(4, 2, dtype: F64))),
    };

    public static TheoryData<string> Names => new(s_cases.Keys);

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void ModuleEqualsPyTorchs(string name)
    {
        var (python, shape, make) = s_cases[name];
        using var scope = NewDisposeScope();

        manual_seed(11);
        using var module = make();
        var x = randn(shape, dtype: F64, requires_grad: true);
        var first = module.call(x);
        var factors = arange(first.numel(), dtype: F64).reshape(first.shape).cos();
        (first * factors).sum().backward();
        var second = module.call(x.detach() * 0.5 + 1);
        module.eval();
        var evaluated = module.call(x);

        var ours = new List<(string, Tensor)> { ("first", first), ("second", second), ("evaluated", evaluated), ("x.grad", x.grad!) };
        foreach (var (parameter, value) in module.named_parameters())
        {
            ours.Add((parameter, value));
            ours.Add(($"{parameter}.grad", value.grad!));
        }

        ours.AddRange(module.named_buffers());

        PyTorch.AssertSame(
            $"""
            torch.manual_seed(11)
            m = {python}
            x = torch.randn({string.Join(", ", shape)}, dtype=torch.float64, requires_grad=True)
            out["first"] = m(x)
            factors = torch.arange(out["first"].numel(), dtype=torch.float64).reshape(out["first"].shape).cos()
            (out["first"] * factors).sum().backward()
            out["second"] = m(x.detach() * 0.5 + 1)
            m.eval()
            out["evaluated"] = m(x)
            out["x.grad"] = x.grad
            for n, p in m.named_parameters():
                out[n] = p
                out[n + ".grad"] = p.grad
            for n, b in m.named_buffers():
                out[n] = b
            """, ours);
    }

    [SkippableTheory]
    [InlineData("padding_idx=-2", -2L, null, false)]
    [InlineData("max_norm=0.5, norm_type=1.0", null, 0.5, false)]
    [InlineData("scale_grad_by_freq=True", null, null, true)]
    public void EmbeddingEqualsPyTorchs(string options, long? padding_idx, double? max_norm, bool scale_grad_by_freq)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var module = Embedding(7, 3, padding_idx, max_norm, max_norm is null ? 2 : 1, scale_grad_by_freq, dtype: F64);
        var vectors = module.call(tensor(new long[,] { { 1, 5, 1 }, { 6, 0, 5 } }));
        (vectors * vectors * vectors).sum().backward();

        PyTorch.AssertSame(
            $"""
            torch.manual_seed(5)
            m = nn.Embedding(7, 3, {options}, dtype=torch.float64)
            out["vectors"] = m(torch.tensor([[1, 5, 1], [6, 0, 5]]))
            (out["vectors"] ** 3).sum().backward()
            out["weight"] = m.weight
            out["grad"] = m.weight.grad
            """, [("vectors", vectors), ("weight", module.weight!), ("grad", module.weight!.grad!)]);
    }

    [Fact]
    public void EmbeddingOfGivenVectorsIsFrozenUnlessWanted()
    {
        using var scope = NewDisposeScope();
        var table = randn(4, 2);
        using var frozen = Embedding_from_pretrained(table);
        using var learned = Embedding_from_pretrained(table, freeze: false);
        Assert.False(frozen.weight!.requires_grad);
        Assert.True(learned.weight!.requires_grad);
        Assert.True(learned.call(tensor(new[] { 2L, 0L })).allclose(table[TensorIndex.Tensor(tensor(new[] { 2L, 0L }))]));
    }

    [Fact]
    public void LargestElementsComeWithTheirPositions()
    {
        using var scope = NewDisposeScope();
        using var module = MaxPool2d(2);
        var (values, indices) = module.forward_with_indices(tensor(new float[,,] { { { 1, 2, 9, 3 }, { 4, 0, 5, 6 } } }));
        Assert.Equal([4f, 9f], values.data<float>().ToArray());
        Assert.Equal([4L, 2L], indices.data<long>().ToArray());
    }

    [Fact]
    public void InPlaceModulesChangeTheirInputAndReturnAnotherHandle()
    {
        using var input = tensor(new[] { -1f, 2f });
        using (var result = ReLU(inplace: true).call(input))
        {
            Assert.NotSame(input, result);
        }

        Assert.Equal([0f, 2f], input.data<float>().ToArray());
    }

    [Fact]
    public void ConvolutionRefusesAnInputOfOtherChannels()
    {
        using var module = Conv2d(3, 4, 3);
        using var input = zeros(1, 2, 5, 5);
        Assert.ThrowsAny<ArgumentException>(() => module.call(input));
    }
}
