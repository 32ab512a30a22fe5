using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>Two factors of one weight, W = W0 + scale * B A: scaling one by c and the other by 1/c leaves W as it is.</summary>
public sealed class LoraPair
{
    /// <summary>Describes a pair of parameters.</summary>
    /// <param name="name">The pair's name, unique in its model.</param>
    /// <param name="a">The factor A, of shape [rank, in].</param>
    /// <param name="b">The factor B, of shape [out, rank].</param>
    public LoraPair(string name, Parameter a, Parameter b)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        A = a ?? throw new ArgumentNullException(nameof(a));
        B = b ?? throw new ArgumentNullException(nameof(b));
    }

    /// <summary>Describes a pair of modules with one weight each, such as two <c>Linear</c> without bias.</summary>
    /// <param name="name">The pair's name, unique in its model.</param>
    /// <param name="a">The module whose weight is the factor A.</param>
    /// <param name="b">The module whose weight is the factor B.</param>
    /// <exception cref="ArgumentException">A module has no parameter called <c>weight</c>.</exception>
    public LoraPair(string name, nn.Module a, nn.Module b)
        : this(name, Weight(a, nameof(a)), Weight(b, nameof(b)))
    {
    }

    /// <summary>The pair's name, unique in its model.</summary>
    public string Name { get; }

    /// <summary>The factor A.</summary>
    public Parameter A { get; }

    /// <summary>The factor B.</summary>
    public Parameter B { get; }

    /// <summary>The balancedness (||A||^2 - ||B||^2) / 2 (BAR, arXiv 2410.14802); 0 where both factors are equally long.</summary>
    public double Balancedness()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        return (A.square().sum().ToDouble() - B.square().sum().ToDouble()) / 2;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Parameter Weight(nn.Module module, string argument)
    {
        ArgumentNullException.ThrowIfNull(module, argument);
        return module.named_parameters(recurse: false).FirstOrDefault(named => named.name == "weight").parameter
            ?? throw new ArgumentException($"{module.GetName()} has no parameter called 'weight'.", argument);
    }
}
