using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SlSam.Generators.Parsing;

/// <summary>What a module or method takes and returns when it is called.</summary>
internal sealed record StageShape(ImmutableArray<ITypeSymbol> Inputs, ITypeSymbol Result)
{
    /// <summary>The shape of a module; null when it has no forward, as a plain <c>Module</c> or a list.</summary>
    public static StageShape? Of(ITypeSymbol module)
    {
        var callable = module.SelfAndBases().FirstOrDefault(TypeNames.IsCallableModule);
        if (callable is null)
            return null;

        var inputs = callable.TypeArguments.Length - 1;
        return new StageShape(callable.TypeArguments.RemoveAt(inputs), callable.TypeArguments[inputs]);
    }

    /// <summary>The shape of a method; null when a stage cannot be one: generic, an explicit implementation, or with references.</summary>
    public static StageShape? Of(IMethodSymbol method)
        => method is not { IsGenericMethod: false, MethodKind: MethodKind.Ordinary, RefKind: RefKind.None }
            || method.Parameters.Any(parameter => parameter.RefKind != RefKind.None)
            ? null
            : new StageShape(method.Parameters.Select(parameter => parameter.Type).ToImmutableArray(), method.ReturnType);

    /// <summary>
    /// Whether the chain can call it: it takes a Tensor and, in their order, some or all of the model's further inputs, and returns
    /// what is needed.
    /// </summary>
    public bool Fits(StageShape model, bool isLast)
    {
        if (Inputs.Length == 0 || Inputs.Length > model.Inputs.Length || !Inputs[0].Is(TypeNames.Tensor))
            return false;
        for (var i = 1; i < Inputs.Length; i++)
        {
            if (!Accepts(Inputs[i], model.Inputs[i]))
                return false;
        }

        return isLast && !model.Result.Is(TypeNames.Tensor)
            ? Accepts(model.Result, Result)
            : Result.DerivesFrom(TypeNames.Tensor) && Result.NullableAnnotation != NullableAnnotation.Annotated;
    }

    public override string ToString() => Describe(Inputs, Result);

    /// <summary>What a stage has to be in this model, as a message says it.</summary>
    public string Need(bool isLast)
        => Inputs.Length == 1
            ? Describe(Inputs, isLast ? Result : Inputs[0])
            : $"{Describe(Inputs, isLast ? Result : Inputs[0])}, or with fewer of the inputs after the first";

    private static string Describe(ImmutableArray<ITypeSymbol> inputs, ITypeSymbol result)
        => $"({string.Join(", ", inputs.Select(TypeText.Short))}) -> {TypeText.Short(result)}";

    private static bool Accepts(ITypeSymbol target, ITypeSymbol source)
        => IsSame(target, source)
        && (source.NullableAnnotation != NullableAnnotation.Annotated || target.NullableAnnotation != NullableAnnotation.NotAnnotated);

    /// <summary>Whether two types are one, whatever the elements of tuples are called.</summary>
    private static bool IsSame(ITypeSymbol left, ITypeSymbol right)
        => left is INamedTypeSymbol { IsTupleType: true } one && right is INamedTypeSymbol { IsTupleType: true } other
            && one.TupleElements.Length == other.TupleElements.Length
            ? one.TupleElements.Zip(other.TupleElements, (a, b) => Accepts(a.Type, b.Type)).All(same => same)
            : SymbolEqualityComparer.Default.Equals(left, right);
}
