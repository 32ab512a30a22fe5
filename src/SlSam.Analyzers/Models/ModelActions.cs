using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Models;

/// <summary>What looks at models looks at nothing in a compilation that does not know them, and at no other class.</summary>
internal static class ModelActions
{
    /// <summary>Has an action run at the start of every class with [SamModel].</summary>
    public static void RegisterModelStartAction(this AnalysisContext context, Action<SymbolStartAnalysisContext, INamedTypeSymbol> start)
        => context.RegisterCompilationStartAction(compilation =>
        {
            if (compilation.Compilation.GetTypeByMetadataName(TypeNames.SamModelAttribute) is null)
                return;

            compilation.RegisterSymbolStartAction(
                symbol =>
                {
                    var type = (INamedTypeSymbol)symbol.Symbol;
                    if (type.FindAttribute(TypeNames.SamModelAttribute) is not null)
                        start(symbol, type);
                },
                SymbolKind.NamedType);
        });
}
