using Microsoft.CodeAnalysis;

namespace SlSam.Generators.Parsing;

/// <summary>The metadata names of every type that the compiler parts know; nothing here is referenced, only named.</summary>
internal static class TypeNames
{
    public const string SamModelAttribute = "SlSam.SamModelAttribute";
    public const string SamLayerAttribute = "SlSam.SamLayerAttribute";
    public const string SamStageAttribute = "SlSam.SamStageAttribute";
    public const string SamIgnoreAttribute = "SlSam.SamIgnoreAttribute";
    public const string LoraPairAttribute = "SlSam.LoraPairAttribute";
    public const string SparseDeltaAttribute = "SlSam.SparseDeltaAttribute";
    public const string ISamModel = "SlSam.ISamModel";
    public const string ILoraAdapter = "SlSam.ILoraAdapter";
    public const string SharpnessAwareOptimizer = "SlSam.SharpnessAwareOptimizer";

    public const string Tensor = "TorchSharp.torch+Tensor";
    public const string Parameter = "TorchSharp.Modules.Parameter";
    public const string Module = "TorchSharp.torch+nn+Module";
    public const string ModuleList = "TorchSharp.Modules.ModuleList`1";
    public const string ParameterList = "TorchSharp.Modules.ParameterList";
    public const string Optimizer = "TorchSharp.torch+optim+Optimizer";
    public const string ComponentNameAttribute = "TorchSharp.Utils.ComponentNameAttribute";

    public const string GeneratedCodeAttribute = "System.CodeDom.Compiler.GeneratedCodeAttribute";

    /// <summary>The assembly that holds TorchSharp's API, whoever provides it.</summary>
    public const string TorchAssembly = "TorchSharp";

    private const string CallableInterface = "TorchSharp.torch+nn+IModule";

    /// <summary>Whether a type, or what it is constructed from, has this metadata name: <c>Namespace.Outer+Inner`1</c>.</summary>
    public static bool Is(this ITypeSymbol? type, string metadataName)
        => type is INamedTypeSymbol named && EndsWithType(metadataName, metadataName.Length, named);

    /// <summary>Whether it is a module with inputs and a result: <c>Module`2</c> to <c>Module`7</c>.</summary>
    public static bool IsCallableModule(this INamedTypeSymbol type)
        => type.IsGenericType && EndsWith(Module, Module.Length, type, type.Name);

    /// <summary>Whether it is the interface of a callable module: <c>IModule`2</c> to <c>IModule`7</c>.</summary>
    public static bool IsCallableInterface(this INamedTypeSymbol type)
        => type.TypeKind == TypeKind.Interface && EndsWith(CallableInterface, CallableInterface.Length, type, type.Name);

    /// <summary>
    /// Compares with the metadata name of a type, without asking for it: of a generic type, it is made anew each time. No name here has more
    /// than nine type parameters.
    /// </summary>
    private static bool EndsWithType(string metadataName, int length, INamedTypeSymbol type)
    {
        if (type.Arity > 0)
        {
            length -= 2;
            if (length < 0 || metadataName[length] != '`' || metadataName[length + 1] - '0' != type.Arity)
                return false;
        }

        return EndsWith(metadataName, length, type, type.Name);
    }

    /// <summary>Compares from the last part of the name to the first, without making strings: this is asked very often.</summary>
    private static bool EndsWith(string metadataName, int length, ISymbol symbol, string part)
    {
        var start = length - part.Length;
        if (start < 0 || string.CompareOrdinal(metadataName, start, part, 0, part.Length) != 0)
            return false;
        if (symbol.ContainingType is { } outer)
            return start > 0 && metadataName[start - 1] == '+' && EndsWithType(metadataName, start - 1, outer);
        return symbol.ContainingNamespace is { IsGlobalNamespace: false } space
            ? start > 0 && metadataName[start - 1] == '.' && EndsWith(metadataName, start - 1, space, space.Name)
            : start == 0;
    }

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

    /// <summary>Whether <see cref="SelfAndBases"/> have a type of this name among them. A loop: this is asked several times of every member.</summary>
    public static bool DerivesFrom(this ITypeSymbol type, string metadataName)
    {
        if (type is ITypeParameterSymbol parameter)
        {
            foreach (var constraint in parameter.ConstraintTypes)
            {
                if (constraint.DerivesFrom(metadataName))
                    return true;
            }

            return false;
        }

        for (var current = type as INamedTypeSymbol; current is not null; current = current.BaseType)
        {
            if (current.Is(metadataName))
                return true;
        }

        return false;
    }

    /// <summary>Whether it is or implements this interface; for a type parameter, whether a constraint does.</summary>
    public static bool Implements(this ITypeSymbol type, string metadataName)
        => type is ITypeParameterSymbol parameter
            ? parameter.ConstraintTypes.Any(constraint => constraint.Implements(metadataName))
            : type.Is(metadataName) || type.AllInterfaces.Any(candidate => candidate.Is(metadataName));

    public static AttributeData? FindAttribute(this ISymbol symbol, string metadataName)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass.Is(metadataName))
                return attribute;
        }

        return null;
    }

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
