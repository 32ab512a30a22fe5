using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Analyzers.Diagnostics;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Usage;

/// <summary>
/// Finds constants that an option or argument of SlSam's runtime refuses. The ranges are those that the runtime declares with [Range] beside
/// the checks that throw.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OptionRangeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rules.OptionOutOfRange);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(TypeNames.SamModelAttribute)?.ContainingAssembly is not { } runtime)
                return;

            start.RegisterOperationAction(
                operation => CheckAssignment(operation, runtime), OperationKind.SimpleAssignment);
            start.RegisterOperationAction(
                operation => CheckArguments(operation, ((IInvocationOperation)operation.Operation).TargetMethod, runtime,
                    ((IInvocationOperation)operation.Operation).Arguments),
                OperationKind.Invocation);
            start.RegisterOperationAction(
                operation => CheckArguments(operation, ((IObjectCreationOperation)operation.Operation).Constructor, runtime,
                    ((IObjectCreationOperation)operation.Operation).Arguments),
                OperationKind.ObjectCreation);
        });
    }

    private static void CheckAssignment(OperationAnalysisContext context, IAssemblySymbol runtime)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is IPropertyReferenceOperation { Property: var property } && IsIn(runtime, property))
            Check(context, property, assignment.Value);
    }

    private static void CheckArguments(
        OperationAnalysisContext context, IMethodSymbol? method, IAssemblySymbol runtime, ImmutableArray<IArgumentOperation> arguments)
    {
        if (method is null || !IsIn(runtime, method))
            return;

        foreach (var argument in arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter })
                Check(context, parameter.OriginalDefinition, argument.Value);
        }
    }

    private static void Check(OperationAnalysisContext context, ISymbol option, IOperation value)
    {
        var constant = value.ConstantValue.HasValue ? value.ConstantValue : value.Unconverted().ConstantValue;
        if (Number(constant) is { } number && ValidRange.Of(option) is { } range && !range.Contains(number))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rules.OptionOutOfRange, value.Syntax.GetLocation(), option.Name, number.ToString(CultureInfo.InvariantCulture), range));
        }
    }

    private static bool IsIn(IAssemblySymbol runtime, ISymbol symbol) =>
        SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, runtime);

    private static double? Number(Optional<object?> constant) =>
        constant is { HasValue: true, Value: double or float or int or long or uint or short or byte or decimal }
            ? Convert.ToDouble(constant.Value, CultureInfo.InvariantCulture)
            : null;
}
