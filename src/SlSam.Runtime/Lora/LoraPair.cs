using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// Two factors of one weight, W = W0 + scale * B A, or a chain of more: scaling one by c and another by 1/c leaves W as it is.
/// </summary>
public sealed class LoraPair
{
    /// <summary>Describes a pair of parameters.</summary>
    /// <param name="name">The pair's name, unique in its model.</param>
    /// <param name="a">The factor A, of shape [rank, in].</param>
    /// <param name="b">The factor B, of shape [out, rank].</param>
    public LoraPair(string name, Parameter a, Parameter b)
        : this(name, [a ?? throw new ArgumentNullException(nameof(a)), b ?? throw new ArgumentNullException(nameof(b))])
    {
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

    /// <summary>Describes a chain of factors, as in W = W0 + C B A.</summary>
    /// <param name="name">The chain's name, unique in its model.</param>
    /// <param name="factors">The factors, at least two different ones, from the input's side to the output's.</param>
    /// <exception cref="ArgumentException">There are fewer than two factors, or one is there twice.</exception>
    public LoraPair(string name, IReadOnlyList<Parameter> factors)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(factors);
        if (factors.Count < 2 || factors.Distinct<object>(ReferenceEqualityComparer.Instance).Count() < factors.Count)
        {
            throw new ArgumentException($"'{name}' has {factors.Count} factors, but must have at least two, each once.", nameof(factors));
        }

        Name = name;
        Factors = factors;
    }

    /// <summary>The pair's name, unique in its model.</summary>
    public string Name { get; }

    /// <summary>The factors, from the input's side to the output's.</summary>
    public IReadOnlyList<Parameter> Factors { get; }

    /// <summary>The factor A: the first.</summary>
    public Parameter A => Factors[0];

    /// <summary>The factor B: the last.</summary>
    public Parameter B => Factors[^1];

    /// <summary>The balancedness (||A||^2 - ||B||^2) / 2 (BAR, arXiv 2410.14802); 0 where both factors are equally long.</summary>
    public double Balancedness() => Balancedness([this])[0];

    /// <summary>The balancedness of many pairs, in one call to the device and one transfer from it.</summary>
    /// <param name="pairs">The pairs, such as those of an optimizer.</param>
    /// <returns>One number for each pair, in their order.</returns>
    public static double[] Balancedness(IReadOnlyList<LoraPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count == 0)
        {
            return [];
        }

        using var _ = no_grad();
        var norms = MultiTensorProgram.Norms([.. pairs.SelectMany(pair => new Tensor[] { pair.A, pair.B })]);
        return [.. Enumerable.Range(0, pairs.Count).Select(i => (norms[2 * i] * norms[2 * i] - norms[2 * i + 1] * norms[2 * i + 1]) / 2)];
    }

    /// <summary>Lists the pairs of a model that is a part of another, as the other names them.</summary>
    /// <param name="name">The nested model's name in the other, put before the names of its pairs.</param>
    /// <param name="model">The nested model.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IEnumerable<LoraPair> Expand(string name, ISamModel model)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(model);
        return model.CreateLoraPairs().Select(pair => new LoraPair($"{name}.{pair.Name}", pair.Factors));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The pairs that a model declares, then those of the other adapters in it, which are called by their paths.</summary>
    internal static IReadOnlyList<LoraPair> Of(ISamModel model, nn.Module module)
    {
        var pairs = new List<LoraPair>(model.CreateLoraPairs());
        var known = new HashSet<Parameter>(pairs.Select(pair => pair.A), ReferenceEqualityComparer.Instance);
        foreach (var (path, component) in module.named_modules())
        {
            var layer = component is LoraAdapter { IsAttached: true } ? path[..path.LastIndexOf('.')] : path;
            if (component is ILoraAdapter adapter && adapter.CreatePair(layer) is var pair && known.Add(pair.A))
            {
                pairs.Add(pair);
            }
        }

        return pairs;
    }

    private static Parameter Weight(nn.Module module, string argument)
    {
        ArgumentNullException.ThrowIfNull(module, argument);
        return module.named_parameters(recurse: false).FirstOrDefault(named => named.name == "weight").parameter
            ?? throw new ArgumentException($"{module.GetName()} has no parameter called 'weight'.", argument);
    }
}
