using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Analyzers.Diagnostics;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Models;

/// <summary>
/// Finds modules that leave their registration to TorchSharp's reflection, in projects that are published trimmed or as native code.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReflectedRegistrationAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] s_properties = ["PublishAot", "PublishTrimmed", "IsAotCompatible", "IsTrimmable"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Rules.ReflectedRegistration);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (s_properties.Any(property => IsTrue(start.Options.AnalyzerConfigOptionsProvider.GlobalOptions, property))
                && start.Compilation.GetTypeByMetadataName(TypeNames.SamModelAttribute) is not null)
                start.RegisterOperationAction(Analyze, OperationKind.Invocation);
        });
    }

    private static bool IsTrue(AnalyzerConfigOptions options, string property) =>
        options.TryGetValue("build_property." + property, out var value) && value.Equals("true", StringComparison.OrdinalIgnoreCase);

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name != "RegisterComponents" || !call.TargetMethod.Parameters.IsEmpty
            || call.Instance is not IInstanceReferenceOperation
            || context.ContainingSymbol.ContainingType is not { } module || !Reflects(module))
            return;

        var advice = module.FindAttribute(TypeNames.SamModelAttribute) is null
            ? "register them by name, or make the class a [SamModel]"
            : "register them by name";
        context.ReportDiagnostic(Diagnostic.Create(Rules.ReflectedRegistration, call.Syntax.GetLocation(), module.Name, advice));
    }

    /// <summary>Whether no class between the module and TorchSharp's own has a RegisterComponents of its own, written or generated.</summary>
    private static bool Reflects(INamedTypeSymbol module)
    {
        foreach (var type in module.SelfAndBases())
        {
            if (type.ContainingAssembly?.Name == TypeNames.TorchAssembly)
                return HasComponents(module) && type.DerivesFrom(TypeNames.Module);
            if (type.GetMembers("RegisterComponents").Any(member => member is IMethodSymbol { IsOverride: true }))
                return false;
        }

        return false;
    }

    private static bool HasComponents(INamedTypeSymbol module) =>
        module.SelfAndBases().TakeWhile(type => type.ContainingAssembly?.Name != TypeNames.TorchAssembly)
            .SelectMany(type => type.GetMembers()).OfType<IFieldSymbol>()
            .Any(field => !field.IsStatic && (field.Type.DerivesFrom(TypeNames.Tensor) || LayerCatalog.Find(field.Type) is not null));
}
