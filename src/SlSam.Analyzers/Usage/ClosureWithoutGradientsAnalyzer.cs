using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Analyzers.Diagnostics;

namespace SlSam.Analyzers.Usage;

/// <summary>Finds losses that are computed under <c>no_grad</c> or <c>inference_mode</c>, by the step or inside the closure.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClosureWithoutGradientsAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Rules.ClosureWithoutGradients);

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
        if (!LossClosure.IsStep(step, symbols))
            return;

        if (GradientMode.Around(step, symbols) is { Enabled: false } around)
        {
            Report(context, step, around);
            return;
        }

        if (LossClosure.Of(step, symbols) is not { } closure || SwitchesGradientsOn(closure))
            return;

        foreach (var value in closure.ReturnedValues)
        {
            if (GradientMode.Around(value, symbols) is { Enabled: false } inside && IsComputedIn(inside, value))
                Report(context, value, inside);
        }
    }

    private static bool SwitchesGradientsOn(LossClosure closure) => closure.OwnOperations().OfType<IInvocationOperation>().Any(call =>
        call.TargetMethod.Name is "enable_grad" or "set_grad_enabled"
            && !call.Arguments.Any(argument => argument.Value.ConstantValue is { HasValue: true, Value: false }));

    // A loss computed with gradients and merely returned from inside the block is as good as any.
    private static bool IsComputedIn(GradientMode mode, IOperation value) => value switch
    {
        IInvocationOperation => true,
        ILocalReferenceOperation reference => mode.CoversDeclarationOf(reference.Local),
        _ => false,
    };

    private static void Report(OperationAnalysisContext context, IOperation where, GradientMode mode) =>
        context.ReportDiagnostic(
            Diagnostic.Create(Rules.ClosureWithoutGradients, where.Syntax.GetLocation(), mode.Call.TargetMethod.Name + "()"));
}
