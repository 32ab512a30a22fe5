using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Analyzers.Diagnostics;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Models;

/// <summary>Finds layers whose weights are integers.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QuantizedLayerAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rules.QuantizedLayer);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterModelStartAction(Start);
    }

    private static void Start(SymbolStartAnalysisContext context, INamedTypeSymbol model)
    {
        var layers = model.GetMembers().Where(LayerMembers.IsLayer).ToImmutableHashSet(SymbolEqualityComparer.Default);
        context.RegisterOperationAction(
            operation => CheckValue(operation, layers!), OperationKind.Invocation);
        context.RegisterSymbolEndAction(end =>
        {
            foreach (var layer in layers)
            {
                if (PlainCollections.TypeOf(layer!) is { } type && QuantizedTypes.IsQuantized(type))
                    end.ReportDiagnostic(Diagnostic.Create(Rules.QuantizedLayer, layer!.Locations[0], layer.Name, Reason(type)));
            }
        });
    }

    private static string Reason(ITypeSymbol type) =>
        $"the weights of {type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} are integers, which have no gradients";

    private static void CheckValue(OperationAnalysisContext context, ImmutableHashSet<ISymbol> layers)
    {
        var call = (IInvocationOperation)context.Operation;
        if (QuantizedTypes.Quantizes(call.TargetMethod) && LayerMembers.SetTo(call) is { } member && layers.Contains(member))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rules.QuantizedLayer, call.Syntax.GetLocation(), member.Name,
                $"{call.TargetMethod.Name} makes integers, which have no gradients"));
        }
    }
}
