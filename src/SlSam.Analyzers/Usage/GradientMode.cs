using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SlSam.Analyzers.Usage;

/// <summary>The innermost <c>using</c> around an operation that switches gradients on or off.</summary>
internal sealed class GradientMode
{
    private GradientMode(IInvocationOperation call, bool enabled, IOperation scope, int from)
    {
        Call = call;
        Enabled = enabled;
        _scope = scope;
        _from = from;
    }

    private readonly IOperation _scope;
    private readonly int _from;

    /// <summary>The call that made the switch, such as <c>torch.no_grad()</c>.</summary>
    public IInvocationOperation Call { get; }

    public bool Enabled { get; }

    /// <summary>
    /// Looks outward from the operation as far as the function that it stands in; null where there is none or none is certain.
    /// </summary>
    public static GradientMode? Around(IOperation operation, OptimizerSymbols symbols)
    {
        for (var (inner, outer) = (operation, operation.Parent); outer is not null; (inner, outer) = (outer, outer.Parent))
        {
            switch (outer)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return null;
                case IUsingOperation @using when ReferenceEquals(@using.Body, inner):
                    if (Switch(@using.Resources, @using.Body, 0, symbols) is { } statement)
                        return statement;
                    break;
                case IBlockOperation block:
                    for (var i = block.Operations.IndexOf(inner) - 1; i >= 0; i--)
                    {
                        if (block.Operations[i] is IUsingDeclarationOperation declaration
                            && Switch(declaration.DeclarationGroup, block, i + 1, symbols) is { } found)
                        {
                            return found;
                        }
                    }

                    break;
            }
        }

        return null;
    }

    /// <summary>Whether the local is declared where the switch is in force.</summary>
    public bool CoversDeclarationOf(ILocalSymbol local)
    {
        var covered = _scope is IBlockOperation block ? block.Operations.Skip(_from) : _scope.ChildOperations;
        return covered.SelectMany(operation => operation.DescendantsAndSelf()).OfType<IVariableDeclaratorOperation>()
            .Any(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local));
    }

    private static GradientMode? Switch(IOperation resources, IOperation scope, int from, OptimizerSymbols symbols)
    {
        foreach (var call in resources.DescendantsAndSelf().OfType<IInvocationOperation>())
        {
            if (!SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, symbols.Torch))
                continue;

            var mode = call.Arguments.FirstOrDefault()?.Value.ConstantValue is { HasValue: true, Value: bool value } ? value : (bool?)null;
            switch (call.TargetMethod.Name)
            {
                case "no_grad":
                    return new GradientMode(call, false, scope, from);
                case "inference_mode" when mode == true:
                    return new GradientMode(call, false, scope, from);
                case "set_grad_enabled" or "enable_grad":
                    return new GradientMode(call, mode ?? true, scope, from);
            }
        }

        return null;
    }
}
