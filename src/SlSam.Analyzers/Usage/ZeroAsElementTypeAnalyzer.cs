using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Analyzers.Diagnostics;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Usage;

/// <summary>
/// Finds <c>x.sum(0)</c>, which C# understands as the sum of all elements as bytes: the constant 0 converts to the enumeration ScalarType as
/// well as to a dimension, and the overload with the element type leaves no parameter out.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ZeroAsElementTypeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rules.ZeroAsElementType);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(TypeNames.SamModelAttribute) is not null
                && start.Compilation.GetTypeByMetadataName("TorchSharp.torch+ScalarType") is { } elementType)
                start.RegisterOperationAction(operation => Analyze(operation, elementType), OperationKind.Invocation);
        });
    }

    private static void Analyze(OperationAnalysisContext context, INamedTypeSymbol elementType)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingAssembly, elementType.ContainingAssembly))
            return;

        foreach (var argument in call.Arguments)
        {
            if (argument.Syntax is ArgumentSyntax { NameColon: null } syntax
                && IsElementType(argument.Parameter?.Type, elementType)
                && argument.Value.Unconverted() is { Type.SpecialType: SpecialType.System_Int32, ConstantValue: { HasValue: true, Value: 0 } } zero
                && zero.Syntax == syntax.Expression
                && HasDimension(call.TargetMethod))
            {
                context.ReportDiagnostic(
                    Diagnostic.Create(Rules.ZeroAsElementType, syntax.GetLocation(), call.TargetMethod.Name));
            }
        }
    }

    private static bool IsElementType(ITypeSymbol? type, INamedTypeSymbol elementType) =>
        SymbolEqualityComparer.Default.Equals(type, elementType)
        || type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            && SymbolEqualityComparer.Default.Equals(nullable.TypeArguments[0], elementType);

    // Only where the function takes a dimension as well is the other meaning likely to be the intended one.
    private static bool HasDimension(IMethodSymbol method) =>
        method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().Any(
            overload => overload.Parameters.Any(parameter => parameter.Name == "dim"));
}
