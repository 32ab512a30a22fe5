using Microsoft.CodeAnalysis;

namespace SlSam.Generators.Parsing;

/// <summary>The kind of a layer; the names are those of the runtime's <c>SamLayerKind</c>.</summary>
internal enum LayerKind
{
    Module,
    Parameter,
    Linear,
    Embedding,
    Convolution,
    Normalization,
    Attention,
    Recurrent,
    Sequential,
}

/// <summary>What SlSam needs to know of a type of layer.</summary>
internal sealed record LayerTraits(LayerKind Kind = LayerKind.Module, bool HasWeights = true)
{
    /// <summary>It updates running statistics in training, as BatchNorm does.</summary>
    public bool KeepsRunningStatistics { get; init; }

    /// <summary>Its forward pass draws random numbers, as dropout does.</summary>
    public bool DrawsRandomNumbers { get; init; }

    /// <summary>Why its weights cannot be perturbed; null when they can.</summary>
    public string? CannotBePerturbed { get; init; }
}

/// <summary>What is known of TorchSharp's layers, and what can be found out about a user's own.</summary>
internal static class LayerCatalog
{
    private const string Modules = "TorchSharp.Modules.";
    private const int MaximumDepth = 8;

    private static readonly LayerTraits s_unknown = new();
    private static readonly LayerTraits s_parameter = new(LayerKind.Parameter);
    private static readonly LayerTraits s_withoutWeights = new(HasWeights: false);

    /// <summary>By metadata name, without and with its namespace.</summary>
    private static readonly Dictionary<string, (string FullName, LayerTraits Traits)> s_table = CreateTable();

    /// <summary>The traits of a member's type, or null when it is neither a module nor a parameter.</summary>
    public static LayerTraits? Find(ITypeSymbol type) => Find(type, null);

    /// <summary>
    /// Whether a module is known to draw random numbers: it is one of TorchSharp's that does, or a user's own that has such a module as a
    /// member. What a Sequential holds, and what a forward calls besides its members, types do not say.
    /// </summary>
    public static bool DrawsRandomNumbers(ITypeSymbol type) => DrawsRandomNumbers(type, null);

    /// <summary>Whether a module's weights are one parameter called <c>weight</c>, beside a bias.</summary>
    public static bool HasOneWeight(ITypeSymbol type)
        => Find(type) is { Kind: LayerKind.Linear or LayerKind.Embedding or LayerKind.Convolution };

    private static bool DrawsRandomNumbers(ITypeSymbol type, HashSet<ITypeSymbol>? visited)
    {
        if (!type.DerivesFrom(TypeNames.Module))
            return false;

        foreach (var module in type.SelfAndBases())
        {
            if (module.Is(TypeNames.ModuleList))
                return DrawsRandomNumbers(module.TypeArguments[0], visited);
            if (IsTorch(module))
                return Known(module) is { DrawsRandomNumbers: true };
            if (!(visited ??= new(SymbolEqualityComparer.Default)).Add(module))
                return false;
            if (module.GetMembers().OfType<IFieldSymbol>().Any(field => !field.IsStatic && DrawsRandomNumbers(field.Type, visited)))
                return true;
        }

        return false;
    }

    private static LayerTraits? Find(ITypeSymbol type, HashSet<ITypeSymbol>? visiting)
    {
        if (type.DerivesFrom(TypeNames.Parameter))
            return s_parameter;
        if (type is INamedTypeSymbol named && named.IsCallableInterface())
            return s_unknown;
        if (!type.DerivesFrom(TypeNames.Module))
            return null;

        foreach (var candidate in type.SelfAndBases())
        {
            if (candidate.Is(TypeNames.ModuleList))
                return new LayerTraits(HasWeights: Find(candidate.TypeArguments[0], visiting) is not { HasWeights: false });
            if (Known(candidate) is { } known)
                return known;
        }

        return type is INamedTypeSymbol own && !MayHoldWeights(own, visiting ?? []) ? s_withoutWeights : s_unknown;
    }

    private static LayerTraits? Known(INamedTypeSymbol type)
        => s_table.TryGetValue(type.MetadataName, out var known) && type.Is(known.FullName) ? known.Traits : null;

    /// <summary>Looks at the members of a user's module; metadata does not show those that are private, so it may hold anything.</summary>
    private static bool MayHoldWeights(INamedTypeSymbol module, HashSet<ITypeSymbol> visiting)
    {
        if (visiting.Count >= MaximumDepth || IsTorch(module))
            return true;
        if (!visiting.Add(module))
            return false;

        try
        {
            foreach (var type in module.SelfAndBases().TakeWhile(type => !IsTorch(type)))
            {
                if (type.DeclaringSyntaxReferences.IsEmpty)
                    return true;
                if (type.GetMembers().OfType<IFieldSymbol>().Any(field => !field.IsStatic && MayHoldWeights(field.Type, visiting)))
                    return true;
            }

            return false;
        }
        finally
        {
            visiting.Remove(module);
        }
    }

    private static bool IsTorch(INamedTypeSymbol type) => type.ContainingAssembly?.Name == TypeNames.TorchAssembly;

    private static bool MayHoldWeights(ITypeSymbol type, HashSet<ITypeSymbol> visiting) => type switch
    {
        IArrayTypeSymbol array => MayHoldWeights(array.ElementType, visiting),
        _ when Find(type, visiting) is { } traits => traits.HasWeights,
        INamedTypeSymbol { IsGenericType: true } generic => generic.TypeArguments.Any(argument => MayHoldWeights(argument, visiting)),
        _ => false,
    };

    private static Dictionary<string, (string FullName, LayerTraits Traits)> CreateTable()
    {
        var table = new Dictionary<string, (string, LayerTraits)>(StringComparer.Ordinal);

        void Add(LayerTraits traits, params string[] names) => AddIn(Modules, traits, names);

        void AddIn(string place, LayerTraits traits, params string[] names)
        {
            foreach (var name in names)
                table.Add(name, (place + name, traits));
        }

        // Every other layer without weights derives from one of these.
        foreach (var arity in Enumerable.Range(2, 6))
            Add(s_withoutWeights, $"ParameterLessModule`{arity}");
        foreach (var arity in Enumerable.Range(3, 3))
            AddIn("TorchSharp.", s_withoutWeights, $"Loss`{arity}");

        Add(new(HasWeights: false) { DrawsRandomNumbers = true },
            "Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout",
            "RReLU", "FractionalMaxPool2d", "FractionalMaxPool3d");

        Add(new(LayerKind.Linear), "Linear");
        Add(new(LayerKind.Embedding), "Embedding", "EmbeddingBag");
        Add(new(LayerKind.Convolution), "Convolution");
        Add(new(LayerKind.Normalization), "LayerNorm", "GroupNorm");
        Add(new(LayerKind.Normalization) { KeepsRunningStatistics = true }, "NormBase");
        Add(new(LayerKind.Attention) { DrawsRandomNumbers = true },
            "MultiheadAttention", "TransformerEncoderLayer", "TransformerDecoderLayer");
        Add(new(LayerKind.Recurrent) { DrawsRandomNumbers = true }, "RNN", "LSTM", "GRU");
        Add(new(LayerKind.Recurrent), "RNNCell", "LSTMCell", "GRUCell");
        Add(new() { DrawsRandomNumbers = true }, "Transformer", "TransformerEncoder", "TransformerDecoder");
        Add(new(), "Bilinear", "PReLU", "ModuleDict`1", "ParameterList", "ParameterDict");
        Add(new(LayerKind.Sequential), "Sequential");
        foreach (var arity in Enumerable.Range(2, 6))
            Add(new(LayerKind.Sequential), $"Sequential`{arity}");

        const string script = "a script module keeps its parameters inside TorchScript, out of the optimizer's reach";
        AddIn("TorchSharp.torch+jit+", new() { CannotBePerturbed = script }, "ScriptModule");

        return table;
    }
}
