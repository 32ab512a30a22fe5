using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SlSam.Analyzers.Usage;

/// <summary>The function that computes the loss of one step: a lambda or a local function given to <c>Step</c> or <c>step</c>.</summary>
internal sealed class LossClosure
{
    private LossClosure(IMethodSymbol symbol, IBlockOperation body)
    {
        Symbol = symbol;
        Body = body;
    }

    public IMethodSymbol Symbol { get; }

    public IBlockOperation Body { get; }

    /// <summary>The values that the function returns.</summary>
    public IEnumerable<IOperation> ReturnedValues =>
        OwnOperations().OfType<IReturnOperation>().Select(value => value.ReturnedValue).OfType<IOperation>().Select(value => value.Unconverted());

    public static bool IsStep(IInvocationOperation call, OptimizerSymbols symbols) =>
        call.TargetMethod.Name is "Step" or "step" && symbols.IsOptimizer(ReceiverType(call));

    /// <summary>The closure given to a call of <c>Step</c> or <c>step</c>, where its body can be seen.</summary>
    public static LossClosure? Of(IInvocationOperation call, OptimizerSymbols symbols)
    {
        if (!IsStep(call, symbols))
            return null;

        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke }
                && symbols.IsTensor(invoke.ReturnType)
                && Resolve(argument.Value.Unconverted()) is { } closure)
            {
                return closure;
            }
        }

        return null;
    }

    /// <summary>The operations of the function itself, without those of functions inside it.</summary>
    public IEnumerable<IOperation> OwnOperations() => OwnOperations(Body);

    /// <summary>Whether the symbol is declared inside the function.</summary>
    public bool Declares(ISymbol symbol)
    {
        for (var owner = symbol.ContainingSymbol; owner is not null; owner = owner.ContainingSymbol)
        {
            if (SymbolEqualityComparer.Default.Equals(owner, Symbol))
                return true;
        }

        return false;
    }

    private static ITypeSymbol? ReceiverType(IInvocationOperation call) =>
        call.Instance is { } instance ? instance.Unconverted().Type : null;

    private static LossClosure? Resolve(IOperation value) =>
        value is not IDelegateCreationOperation creation ? null
        : creation.Target switch
        {
            IAnonymousFunctionOperation function => new LossClosure(function.Symbol, function.Body),
            IMethodReferenceOperation { Method.MethodKind: MethodKind.LocalFunction } reference => LocalFunction(reference),
            _ => null,
        };

    private static LossClosure? LocalFunction(IMethodReferenceOperation reference)
    {
        IOperation root = reference;
        while (root.Parent is { } parent)
            root = parent;

        var function = root.Descendants().OfType<ILocalFunctionOperation>()
            .FirstOrDefault(candidate => SymbolEqualityComparer.Default.Equals(candidate.Symbol, reference.Method));
        return function?.Body is { } body ? new LossClosure(function.Symbol, body) : null;
    }

    private static IEnumerable<IOperation> OwnOperations(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
        {
            if (child is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;

            yield return child;
            foreach (var descendant in OwnOperations(child))
                yield return descendant;
        }
    }
}
