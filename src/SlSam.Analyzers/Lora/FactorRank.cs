using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Lora;

/// <summary>Which factor of W = W0 + scale * B A it is: A has the shape [rank, in], B has [out, rank].</summary>
internal enum FactorSide
{
    A,
    B,
}

/// <summary>The rank of a factor, read from the expression that makes it.</summary>
/// <param name="Declared">The rank where the factor has the shape that its side says.</param>
/// <param name="Smallest">Its smaller dimension: the rank where its shape is transposed, as it may be with Parameters.</param>
internal sealed record FactorRank(long Declared, long Smallest)
{
    // The newest kinds of operation have no name yet in the oldest compiler that this runs in.
    private const OperationKind CollectionExpression = (OperationKind)127;

    private static readonly ImmutableHashSet<string> s_factories =
        ImmutableHashSet.Create(StringComparer.Ordinal, "empty", "full", "ones", "rand", "randn", "zeros");

    private static readonly ImmutableHashSet<string> s_dimensions =
        ImmutableHashSet.Create(StringComparer.Ordinal, "rows", "columns", "dim0", "dim1", "dim2", "dim3");

    /// <summary>Whether no way to multiply the two fits.</summary>
    public bool Contradicts(FactorRank other) => Declared != other.Declared && Smallest != other.Smallest;

    /// <summary>The rank that all values have; null where they differ, where one is unknown, or without any.</summary>
    public static FactorRank? Common(IEnumerable<FactorRank?> ranks) => ranks.Distinct().Take(2).ToList() is { Count: 1 } common ? common[0] : null;

    /// <summary>The rank, or null where it is not a constant.</summary>
    public static FactorRank? Of(IOperation value, FactorSide side) => Plain(value) switch
    {
        IInvocationOperation call when IsOfTorch(call.TargetMethod) => OfCall(call.TargetMethod, call.Arguments, call.Instance, side),
        IObjectCreationOperation { Constructor: { } constructor } made when IsOfTorch(constructor) =>
            OfCall(constructor, made.Arguments, null, side),
        _ => null,
    };

    private static FactorRank? OfCall(IMethodSymbol method, ImmutableArray<IArgumentOperation> arguments, IOperation? instance, FactorSide side)
    {
        var made = method.MethodKind == MethodKind.Constructor ? method.ContainingType : method.ReturnType;
        if (made.DerivesFrom(TypeNames.ModuleList) || made.DerivesFrom(TypeNames.ParameterList))
            return OfElements(arguments, side);
        if (made.DerivesFrom(TypeNames.Parameter))
            return (Argument(arguments, "data") ?? Argument(arguments, "tensor") ?? instance) is { } data ? OfShape(Shape(data), side) : null;
        if (Argument(arguments, "weight") is { } weight)
            return Of(weight, side);

        var size = side == FactorSide.A
            ? Argument(arguments, "outputSize") ?? Argument(arguments, "out_channels")
            : Argument(arguments, "inputSize") ?? Argument(arguments, "in_channels");
        return Constant(size) is { } rank ? new FactorRank(rank, rank) : null;
    }

    /// <summary>The rank that all elements of a list have.</summary>
    private static FactorRank? OfElements(ImmutableArray<IArgumentOperation> arguments, FactorSide side)
        => arguments.Length == 1 && Elements(arguments[0].Value) is { } elements ? Common(elements.Select(element => Of(element, side))) : null;

    /// <summary>The dimensions of a tensor that is made here; null for one that is not constant.</summary>
    private static IReadOnlyList<long?>? Shape(IOperation tensor)
    {
        switch (Plain(tensor))
        {
            case IBinaryOperation { LeftOperand: var left, RightOperand: var right }:
                // A scaled tensor keeps its shape; a product of two tensors may have another.
                return IsTensor(left) ? IsTensor(right) ? null : Shape(left) : Shape(right);
            case IInvocationOperation { Instance: null } call when IsOfTorch(call.TargetMethod) && s_factories.Contains(call.TargetMethod.Name):
                return Argument(call.Arguments, "size") is { } size && Elements(size) is { } sizes
                    ? sizes.Select(Constant).ToList()
                    : call.Arguments.Where(argument => argument.Parameter is { } parameter && s_dimensions.Contains(parameter.Name))
                        .OrderBy(argument => argument.Parameter!.Ordinal).Select(argument => Constant(argument.Value)).ToList();
            default:
                return null;
        }
    }

    private static FactorRank? OfShape(IReadOnlyList<long?>? shape, FactorSide side)
        => shape is { Count: 2 } && shape[0] is { } rows && shape[1] is { } columns
            ? new FactorRank(side == FactorSide.A ? rows : columns, Math.Min(rows, columns))
            : null;

    private static bool IsTensor(IOperation operation) => Plain(operation).Type?.DerivesFrom(TypeNames.Tensor) == true;

    private static IEnumerable<IOperation>? Elements(IOperation list) => Plain(list) switch
    {
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        { Kind: CollectionExpression } collection => collection.ChildOperations,
        _ => null,
    };

    private static IOperation? Argument(ImmutableArray<IArgumentOperation> arguments, string parameter)
        => arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter)?.Value;

    private static long? Constant(IOperation? operation) => operation?.ConstantValue is { HasValue: true, Value: { } value }
        ? value switch
        {
            long number => number,
            int number => number,
            _ => null,
        }
        : null;

    private static IOperation Plain(IOperation operation)
    {
        while (operation is IConversionOperation { Operand: var operand })
            operation = operand;
        return operation;
    }

    private static bool IsOfTorch(IMethodSymbol method) => method.ContainingAssembly?.Name == TypeNames.TorchAssembly;
}
