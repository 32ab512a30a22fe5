using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Analyzers.Diagnostics;

namespace SlSam.Analyzers.Usage;

/// <summary>
/// Finds closures that only hand back what was computed before the step: the loss itself, or a loss of a forward pass
/// that ran outside. Silent wherever the closure might run a forward pass of its own.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LossOutsideClosureAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rules.LossOutsideClosure);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (OptimizerSymbols.Find(start.Compilation) is { } symbols)
                start.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.Invocation);
        });
    }

    private static void Analyze(OperationAnalysisContext context, OptimizerSymbols symbols)
    {
        var step = (IInvocationOperation)context.Operation;
        if (LossClosure.Of(step, symbols) is not { } closure)
            return;

        var culprit = HandedBack(closure) ?? ForwardOutside(step, closure, symbols);
        if (culprit is not null)
            context.ReportDiagnostic(Diagnostic.Create(Rules.LossOutsideClosure, culprit.Syntax.GetLocation(), culprit.Syntax.ToString()));
    }

    // () => loss
    private static IOperation? HandedBack(LossClosure closure) =>
        closure.Body.Operations.Length == 1 && closure.ReturnedValues.ToImmutableArray() is { Length: 1 } values
            && IsCaptured(values[0], closure)
                ? values[0]
                : null;

    private static bool IsCaptured(IOperation value, LossClosure closure) => value switch
    {
        ILocalReferenceOperation local => !closure.Declares(local.Local),
        IParameterReferenceOperation parameter => !closure.Declares(parameter.Parameter),
        IFieldReferenceOperation { Field.Type.Name: "Tensor" } => true,
        _ => false,
    };

    // var logits = model.forward(x); optimizer.Step(() => cross_entropy(logits, y));
    private static IOperation? ForwardOutside(IInvocationOperation step, LossClosure closure, OptimizerSymbols symbols)
    {
        if (closure.OwnOperations().OfType<IParameterReferenceOperation>().Any(reference => closure.Declares(reference.Parameter))
            || !closure.OwnOperations().All(operation => RunsNoForward(operation, symbols)))
            return null;

        var captured = closure.OwnOperations().OfType<ILocalReferenceOperation>()
            .Where(reference => !closure.Declares(reference.Local) && symbols.IsTensor(reference.Type))
            .ToList();
        return captured.FirstOrDefault(reference => IsOutputOfModel(reference.Local, step, symbols));
    }

    private static bool RunsNoForward(IOperation operation, OptimizerSymbols symbols) => operation switch
    {
        IInvocationOperation call => call.TargetMethod.MethodKind is MethodKind.Ordinary or MethodKind.ReducedExtension
            && (IsTorchFunction(call.TargetMethod, symbols) || IsLossModule(call, symbols)),
        IObjectCreationOperation or IDynamicInvocationOperation or IAwaitOperation or IFunctionPointerInvocationOperation => false,
        IAnonymousFunctionOperation or ILocalFunctionOperation or IDelegateCreationOperation => false,
        IPropertyReferenceOperation property =>
            SymbolEqualityComparer.Default.Equals(property.Property.ContainingAssembly, symbols.Torch.ContainingAssembly),
        _ => true,
    };

    private static bool IsTorchFunction(IMethodSymbol method, OptimizerSymbols symbols) =>
        SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, symbols.Torch.ContainingAssembly)
            && !symbols.IsModule(method.ContainingType);

    // CrossEntropyLoss and its kin are modules too, called as such.
    private static bool IsLossModule(IInvocationOperation call, OptimizerSymbols symbols) =>
        symbols.IsForward(call) && call.Instance is { } instance && IsLoss(instance.Unconverted().Type);

    private static bool IsLoss(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Name is "Loss" or "WeightedLoss" && current.ContainingNamespace?.Name is "TorchSharp" or "Modules")
                return true;
        }

        return false;
    }

    // A local that is given its value once, by a forward pass of a module that is not a loss.
    private static bool IsOutputOfModel(ILocalSymbol local, IInvocationOperation step, OptimizerSymbols symbols)
    {
        IOperation root = step;
        while (root.Parent is { } parent)
            root = parent;

        IVariableDeclaratorOperation? declarator = null;
        foreach (var operation in root.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation candidate when SymbolEqualityComparer.Default.Equals(candidate.Symbol, local):
                    declarator = candidate;
                    break;
                case IAssignmentOperation { Target: ILocalReferenceOperation target }
                    when SymbolEqualityComparer.Default.Equals(target.Local, local):
                    return false;
            }
        }

        return declarator?.GetVariableInitializer()?.Value is { } value
            && value.Unconverted() is IInvocationOperation call
            && symbols.IsForward(call)
            && call.Instance is { } instance
            && !IsLoss(instance.Unconverted().Type);
    }
}
