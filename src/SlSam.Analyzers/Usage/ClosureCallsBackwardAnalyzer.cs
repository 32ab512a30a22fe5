using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Analyzers.Diagnostics;

namespace SlSam.Analyzers.Usage;

/// <summary>Finds closures that run the backward pass themselves, which is the optimizer's part.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClosureCallsBackwardAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rules.ClosureCallsBackward);

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
        if (LossClosure.Of((IInvocationOperation)context.Operation, symbols) is not { } closure)
            return;

        foreach (var call in closure.OwnOperations().OfType<IInvocationOperation>().Where(symbols.IsBackward))
            context.ReportDiagnostic(Diagnostic.Create(Rules.ClosureCallsBackward, call.Syntax.GetLocation(), call.Syntax.ToString()));
    }
}
