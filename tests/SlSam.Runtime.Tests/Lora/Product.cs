using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Lora;

/// <summary>
/// The product of a chain of factors against a target, the squared Frobenius norm of A B .. - M in float64: with two vectors it is the toy problem
/// of the BAR paper's appendix A.4 for one draw of the noise.
/// </summary>
public sealed class Product : nn.Module, ISamModel
{
    private readonly Parameter[] _factors;
    private readonly Tensor _target;

    public Product(Tensor target, params Tensor[] factors)
        : base(nameof(Product))
    {
        _target = target;
        _factors = [.. factors.Select(factor => new Parameter(factor.clone()))];
        for (var i = 0; i < _factors.Length; i++)
        {
            register_parameter($"factor{i}", _factors[i]);
        }
    }

    public Parameter this[int index] => _factors[index];

    /// <summary>x0 y0^T with x0 = [.2, -.1, .3] and y0 = -3 x0, against diag(.5, 0, 0) and some noise.</summary>
    public static Product Toy()
    {
        var x = tensor(new[] { 0.2, -0.1, 0.3 }).view(3, 1);
        var signal = diag(tensor(new[] { 0.5, 0, 0 }));
        var noise = diag(tensor(new[] { 1, 0.8, 0.5 })).matmul(tensor(new[,] { { 0.3, -0.2, 0.5 }, { 0.1, 0.4, -0.6 }, { -0.5, 0.2, 0.1 } }));
        return new Product(signal + 0.1 * noise, x, (-3 * x).t());
    }

    public Tensor Residual() => _factors.Skip(1).Aggregate((Tensor)_factors[0], (product, factor) => product.matmul(factor)) - _target;

    public Tensor Loss() => Residual().square().sum();

    IReadOnlyList<SamLayer> ISamModel.CreateLayers() => [new SamLayer("product", SamLayerKind.Module, -1, this)];

    IReadOnlyList<LoraPair> ISamModel.CreateLoraPairs() => [new LoraPair("product", _factors)];
}
