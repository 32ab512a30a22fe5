using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SlSam.Analyzers.Diagnostics;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Models;

/// <summary>Finds constructors of models that register nothing: TorchSharp then sees none of the model's members.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ComponentsNotRegisteredAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Rules.ComponentsNotRegistered);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(TypeNames.SamModelAttribute) is not null)
                start.RegisterSymbolStartAction(Start, SymbolKind.NamedType);
        });
    }

    private static void Start(SymbolStartAnalysisContext context)
    {
        var model = (INamedTypeSymbol)context.Symbol;
        if (model.IsAbstract || model.FindAttribute(TypeNames.SamModelAttribute) is null || !HasComponents(model)
            || !DerivesDirectlyFromTorch(model))
            return;

        var registrations = Registrations.Watch(context, model);
        context.RegisterSymbolEndAction(end =>
        {
            if (registrations.HappenOutsideConstructors())
                return;

            foreach (var constructor in model.InstanceConstructors.Where(constructor => !registrations.IsReachedFrom(constructor)))
                end.ReportDiagnostic(Diagnostic.Create(Rules.ComponentsNotRegistered, constructor.Locations[0], model.Name));
        });
    }

    private static bool HasComponents(INamedTypeSymbol model) =>
        model.GetMembers().OfType<IFieldSymbol>().Any(field => !field.IsStatic && LayerCatalog.Find(field.Type) is not null);

    // A base class of the user's own may register for its descendants.
    private static bool DerivesDirectlyFromTorch(INamedTypeSymbol model) =>
        model.DerivesFrom(TypeNames.Module) && model.BaseType?.ContainingAssembly?.Name == TypeNames.TorchAssembly;
}
