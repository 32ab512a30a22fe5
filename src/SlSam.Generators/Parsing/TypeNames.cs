using Microsoft.CodeAnalysis;

namespace SlSam.Generators.Parsing;

/// <summary>The metadata names of every type that the compiler parts know; nothing here is referenced, only named.</summary>
internal static class TypeNames
{
    public const string SamModelAttribute = "SlSam.SamModelAttribute";
    public const string SamLayerAttribute = "SlSam.SamLayerAttribute";
    public const string SamStageAttribute = "SlSam.SamStageAttribute";
    public const string SamIgnoreAttribute = "SlSam.SamIgnoreAttribute";
    public const string ISamModel = "SlSam.ISamModel";
    public const string SharpnessAwareOptimizer = "SlSam.SharpnessAwareOptimizer";

    public const string Tensor = "TorchSharp.torch+Tensor";
    public const string Parameter = "TorchSharp.Modules.Parameter";
    public const string Module = "TorchSharp.torch+nn+Module";
    public const string ModuleList = "TorchSharp.Modules.ModuleList`1";
    public const string Optimizer = "TorchSharp.torch+optim+Optimizer";
    public const string ComponentNameAttribute = "TorchSharp.Utils.ComponentNameAttribute";

    public const string GeneratedCodeAttribute = "System.CodeDom.Compiler.GeneratedCodeAttribute";

    /// <summary>What follows the name of <c>Module</c> with inputs and a result: <c>Module`2</c> to <c>Module`7</c>.</summary>
    public const string CallableModulePrefix = Module + "`";

    /// <summary>The interfaces of callable modules: <c>IModule`2</c> to <c>IModule`7</c>.</summary>
    public const string CallableInterfacePrefix = "TorchSharp.torch+nn+IModule`";

    /// <summary>The assembly that holds TorchSharp's API, whoever provides it.</summary>
    public const string TorchAssembly = "TorchSharp";

    /// <summary>The name of a type as metadata spells it: <c>Namespace.Outer+Inner`1</c>, of its original definition.</summary>
    public static string MetadataNameOf(ITypeSymbol type)
    {
        if (type.ContainingType is { } outer)
            return MetadataNameOf(outer) + "+" + type.MetadataName;
        return type.ContainingNamespace is { IsGlobalNamespace: false } space
            ? space.ToDisplayString() + "." + type.MetadataName
            : type.MetadataName;
    }

    /// <summary>Whether a type, or what it is constructed from, has this metadata name.</summary>
    public static bool Is(this ITypeSymbol? type, string metadataName)
        => type is INamedTypeSymbol && metadataName.EndsWith(type.MetadataName, StringComparison.Ordinal) && MetadataNameOf(type) == metadataName;

    /// <summary>The type itself and what it derives from; for a type parameter, its constraints and what they derive from.</summary>
    public static IEnumerable<INamedTypeSymbol> SelfAndBases(this ITypeSymbol type)
    {
        if (type is ITypeParameterSymbol parameter)
        {
            foreach (var constraint in parameter.ConstraintTypes)
            {
                foreach (var found in constraint.SelfAndBases())
                    yield return found;
            }

            yield break;
        }

        for (var current = type as INamedTypeSymbol; current is not null; current = current.BaseType)
            yield return current;
    }

    public static bool DerivesFrom(this ITypeSymbol type, string metadataName) => type.SelfAndBases().Any(candidate => candidate.Is(metadataName));

    public static AttributeData? FindAttribute(this ISymbol symbol, string metadataName)
        => symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass.Is(metadataName));

    /// <summary>The value of a named argument, or the default when it was not given.</summary>
    public static T? NamedArgument<T>(this AttributeData attribute, string name, T? otherwise = default)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value.Value is T value)
                return value;
        }

        return otherwise;
    }
}
