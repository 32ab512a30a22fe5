using System.Globalization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Lora;

/// <summary>
/// A layer of each kind that can be adapted, in float64, with what it takes and what its adapter adds, written with plain operators in Python.
/// </summary>
/// <param name="Adapt">Makes the layer and puts an adapter in its place.</param>
/// <param name="Input">Makes an input.</param>
/// <param name="Layer">The frozen layer in Python, of x, w and b.</param>
/// <param name="Delta">What the adapter adds, before the scale, of x, a and b2.</param>
public sealed record AdapterCase(Func<LoraOptions, LoraAdapter> Adapt, Func<Tensor> Input, string Layer, string Delta)
{
    private const ScalarType Double = ScalarType.Float64;

    public static readonly Dictionary<string, AdapterCase> All = new()
    {
        ["linear"] = new(
            options => new LoraLinear(nn.Linear(5, 7, dtype: Double), options),
            () => randn(2, 3, 5, dtype: Double),
            "x @ w.T + b",
            "x @ a.T @ b2.T"),
        ["linear without bias"] = new(
            options => new LoraLinear(nn.Linear(5, 4, hasBias: false, dtype: Double), options),
            () => randn(3, 5, dtype: Double),
            "x @ w.T",
            "x @ a.T @ b2.T"),
        ["embedding"] = new(
            options => new LoraEmbedding(nn.Embedding(9, 4, dtype: Double), options),
            () => randint(0, 9, [2, 3]).to(ScalarType.Int64),
            "w[x.long()]",
            "a.T[x.long()] @ b2.T"),
        ["conv1d"] = new(
            options => new LoraConv1d(nn.Conv1d(3, 5, 3, stride: 2, padding: 2, dilation: 2, dtype: Double), options),
            () => randn(2, 3, 11, dtype: Double),
            "F.conv1d(x, w, b, stride=2, padding=2, dilation=2)",
            "F.conv1d(F.conv1d(x, a, stride=2, padding=2, dilation=2), b2)"),
        ["conv2d"] = new(
            options => new LoraConv2d(nn.Conv2d(3, 4, (3, 2), stride: (2, 1), padding: (1, 0), dilation: (1, 2), bias: false, dtype: Double), options),
            () => randn(2, 3, 8, 7, dtype: Double),
            "F.conv2d(x, w, None, stride=(2, 1), padding=(1, 0), dilation=(1, 2))",
            "F.conv2d(F.conv2d(x, a, stride=(2, 1), padding=(1, 0), dilation=(1, 2)), b2)"),
        ["conv2d, same, reflected"] = new(
            options => new LoraConv2d(nn.Conv2d(2, 3, 3, Padding.Same, padding_mode: PaddingModes.Reflect, dtype: Double), options),
            () => randn(2, 2, 5, 6, dtype: Double),
            "F.conv2d(F.pad(x, (1, 1, 1, 1), mode='reflect'), w, b)",
            "F.conv2d(F.conv2d(F.pad(x, (1, 1, 1, 1), mode='reflect'), a), b2)"),
    };

    public static TheoryData<string> Names => new(All.Keys);

    /// <summary>An adapter whose factors are both drawn at random, so that it changes the layer's result.</summary>
    public LoraAdapter Random(LoraOptions options)
    {
        var adapter = Adapt(options);
        nn.init.normal_(adapter.A);
        nn.init.normal_(adapter.B);
        return adapter;
    }

    /// <summary>A tensor as a Python expression of the same float64 values.</summary>
    public static string Python(Tensor values)
    {
        using var scope = NewDisposeScope();
        var numbers = values.detach().to(Double).contiguous().data<double>().Select(value => value.ToString("R", CultureInfo.InvariantCulture));
        return $"torch.tensor([{string.Join(", ", numbers)}], dtype=torch.float64).reshape({string.Join(", ", values.shape)})";
    }
}
