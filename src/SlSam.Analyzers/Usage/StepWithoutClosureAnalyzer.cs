using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Analyzers.Diagnostics;

namespace SlSam.Analyzers.Usage;

/// <summary>Finds <c>optimizer.step()</c> without a closure: a sharpness-aware step evaluates the loss twice.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StepWithoutClosureAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rules.StepWithoutClosure);

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
        var call = (IInvocationOperation)context.Operation;
        if (!LossClosure.IsStep(call, symbols) || IsOverriddenByUser(call.TargetMethod, symbols))
            return;

        var closure = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Type.TypeKind == TypeKind.Delegate);
        if (closure is null || !IsLeftOut(closure))
            return;

        var optimizer = call.Instance!.Unconverted().Type!;
        context.ReportDiagnostic(Diagnostic.Create(Rules.StepWithoutClosure, call.Syntax.GetLocation(), optimizer.Name));
    }

    private static bool IsLeftOut(IArgumentOperation closure) =>
        closure.ArgumentKind == ArgumentKind.DefaultValue
        || closure.Value.Unconverted().ConstantValue is { HasValue: true, Value: null };

    // A class of the user's own that overrides step may well do without a closure.
    private static bool IsOverriddenByUser(IMethodSymbol method, OptimizerSymbols symbols) =>
        method.OverriddenMethod is not null && !SymbolEqualityComparer.Default.Equals(method.ContainingType, symbols.Optimizer);
}
