using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Analyzers.Diagnostics;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Models;

/// <summary>
/// Finds calls of <c>functional.batch_norm</c> and <c>instance_norm</c> that update running statistics: the optimizer knows those of modules only.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OwnBatchNormAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Rules.HiddenRunningStatistics);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(TypeNames.SamModelAttribute) is not null)
                start.RegisterOperationAction(Analyze, OperationKind.Invocation);
        });
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name is not ("batch_norm" or "instance_norm")
            || !call.TargetMethod.ContainingType.Is("TorchSharp.torch+nn+functional")
            || !call.Arguments.Any(IsRunningMean)
            || call.Arguments.Any(IsOff)
            || context.ContainingSymbol.ContainingType?.DerivesFrom(TypeNames.Module) != true)
            return;

        context.ReportDiagnostic(Diagnostic.Create(
            Rules.HiddenRunningStatistics, call.Syntax.GetLocation(), call.TargetMethod.Name,
            call.TargetMethod.Name == "batch_norm"
                ? "use a BatchNorm module, or pass 'training: false'"
                : "use an InstanceNorm module, or pass 'use_input_stats: false'"));
    }

    private static bool IsRunningMean(IArgumentOperation argument) =>
        argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Name: "running_mean" }
        && argument.Value.Unconverted().ConstantValue is not { HasValue: true, Value: null };

    private static bool IsOff(IArgumentOperation argument) =>
        argument.Parameter?.Name is "training" or "use_input_stats" && argument.Value.ConstantValue is { HasValue: true, Value: false };
}
