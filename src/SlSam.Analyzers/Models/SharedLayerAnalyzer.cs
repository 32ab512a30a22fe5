using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Analyzers.Diagnostics;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Models;

/// <summary>Finds modules and parameters that the constructors of a model put into two layers, or twice into one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedLayerAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rules.SharedLayer);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterModelStartAction(Start);
    }

    private static void Start(SymbolStartAnalysisContext context, INamedTypeSymbol model)
    {
        var layers = model.GetMembers().Where(IsTrained).ToImmutableHashSet(SymbolEqualityComparer.Default);
        if (layers.IsEmpty)
            return;

        var placements = new ConcurrentBag<LayerPlacement>();
        context.RegisterOperationBlockAction(block =>
        {
            // Field initializers belong together: those of a primary constructor see its parameters.
            if (block.OwningSymbol is IFieldSymbol or IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Constructor })
            {
                foreach (var placement in block.OperationBlocks.SelectMany(operation => LayerPlacement.AllIn(operation, layers!)))
                    placements.Add(placement);
            }
        });
        context.RegisterSymbolEndAction(end => Report(end, placements));
    }

    private static bool IsTrained(ISymbol member) =>
        LayerMembers.IsLayer(member) && member.FindAttribute(TypeNames.SamLayerAttribute)!.NamedArgument<bool>("Frozen") is false;

    private static void Report(SymbolAnalysisContext context, IEnumerable<LayerPlacement> placements)
    {
        foreach (var instance in placements.GroupBy(placement => placement.Instance, SymbolEqualityComparer.Default))
        {
            var seen = new List<LayerPlacement>();
            foreach (var placement in instance.OrderBy(placement => placement.Where.SyntaxTree.FilePath, StringComparer.Ordinal)
                .ThenBy(placement => placement.Where.SpanStart))
            {
                if (Complaint(placement, seen) is { } complaint)
                    context.ReportDiagnostic(Diagnostic.Create(Rules.SharedLayer, placement.Where.GetLocation(), complaint));
                seen.Add(placement);
            }
        }
    }

    private static string? Complaint(LayerPlacement placement, List<LayerPlacement> before)
    {
        if (placement.IsLayerItself)
            return $"'{placement.Member.Name}' and '{placement.Instance.Name}' hold the same {placement.What}";
        if (before.FirstOrDefault(placement.IsSecondAfter) is { } first)
        {
            return SymbolEqualityComparer.Default.Equals(first.Member, placement.Member)
                ? $"'{placement.Member.Name}' holds '{placement.Instance.Name}' more than once"
                : $"'{first.Member.Name}' and '{placement.Member.Name}' hold the same module, '{placement.Instance.Name}'";
        }

        return placement.IsRepeated ? $"'{placement.Member.Name}' holds '{placement.Instance.Name}' more than once" : null;
    }
}
