using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Analyzers.Diagnostics;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Models;

/// <summary>
/// Finds arrays, lists and dictionaries of modules in a model, and in other modules those that hold batch normalizations. Silent where the
/// collection may be a second view of modules that are registered in another way.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PlainCollectionAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Rules.PlainCollectionOfModules, Rules.HiddenRunningStatistics);

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
        var module = (INamedTypeSymbol)context.Symbol;
        if (!module.DerivesFrom(TypeNames.Module))
            return;

        var collections = module.GetMembers().OfType<IFieldSymbol>().Where(IsCandidate).Select(field => field.AssociatedSymbol ?? field)
            .Where(member => member.FindAttribute(TypeNames.SamIgnoreAttribute) is null
                && member.FindAttribute(TypeNames.SamLayerAttribute) is null)
            .ToImmutableHashSet(SymbolEqualityComparer.Default);
        if (collections.IsEmpty)
            return;

        var registrations = Registrations.Watch(context, module);
        var isModel = module.FindAttribute(TypeNames.SamModelAttribute) is not null;
        var views = new ConcurrentDictionary<ISymbol, byte>(SymbolEqualityComparer.Default);
        var normalizing = new ConcurrentDictionary<ISymbol, byte>(SymbolEqualityComparer.Default);
        context.RegisterOperationAction(
            operation =>
            {
                var reference = (IMemberReferenceOperation)operation.Operation;
                if (!collections.Contains(reference.Member))
                    return;
                if (SuggestsView(reference))
                    views.TryAdd(reference.Member, 0);
                var element = reference.Parent is IPropertyReferenceOperation or IArrayElementReferenceOperation ? reference.Parent : reference;
                if (!isModel && element.Parent is { } use && MakesBatchNorm(use))
                    normalizing.TryAdd(reference.Member, 0);
            },
            OperationKind.FieldReference, OperationKind.PropertyReference);
        context.RegisterOperationAction(
            operation =>
            {
                var initializer = (ISymbolInitializerOperation)operation.Operation;
                if (Initialized(initializer).FirstOrDefault(collections.Contains) is not { } member)
                    return;
                if (MentionsKnownModule(initializer.Value))
                    views.TryAdd(member, 0);
                if (!isModel && MakesBatchNorm(initializer.Value))
                    normalizing.TryAdd(member, 0);
            },
            OperationKind.FieldInitializer, OperationKind.PropertyInitializer);
        context.RegisterSymbolEndAction(end =>
        {
            if (registrations.RegistersByName)
                return;

            foreach (var member in collections.Where(member => member is not null && !views.ContainsKey(member)))
            {
                if (isModel)
                    Report(end, Rules.PlainCollectionOfModules, member);
                else if (normalizing.ContainsKey(member) || IsBatchNorm(PlainCollections.ElementType(PlainCollections.TypeOf(member)!)))
                    Report(end, Rules.HiddenRunningStatistics, member);
            }
        });
    }

    private static bool IsCandidate(IFieldSymbol field) =>
        !field.IsStatic && !field.IsConst && PlainCollections.IsPlainCollection(field.Type);

    private static void Report(SymbolAnalysisContext context, DiagnosticDescriptor rule, ISymbol member)
    {
        var type = PlainCollections.TypeOf(member)!;
        var name = type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        var replacement = PlainCollections.Replacement(type);
        var arguments = rule.Id == RuleIds.PlainCollectionOfModules
            ? new[] { member.Name, name, replacement }
            : new[] { member.Name, $"a {name} registers none of its modules; use {replacement}" };
        context.ReportDiagnostic(Diagnostic.Create(
            rule,
            member.Locations[0],
            ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Replacement, replacement),
            arguments));
    }

    private static bool MakesBatchNorm(IOperation value) =>
        value is IInvocationOperation or IAssignmentOperation or IVariableInitializerOperation or IObjectCreationOperation
            or IArrayCreationOperation or IArrayInitializerOperation or IConversionOperation
        && value.DescendantsAndSelf().Any(operation =>
            operation is IInvocationOperation or IObjectCreationOperation && IsBatchNorm(operation.Type));

    private static bool IsBatchNorm(ITypeSymbol? type) => type?.DerivesFrom("TorchSharp.Modules.BatchNorm") == true;

    private static IEnumerable<ISymbol> Initialized(ISymbolInitializerOperation initializer) => initializer switch
    {
        IFieldInitializerOperation field => field.InitializedFields,
        IPropertyInitializerOperation property => property.InitializedProperties,
        _ => Enumerable.Empty<ISymbol>(),
    };

    // Handed to a module that registers it, or filled with modules that stand elsewhere too.
    private static bool SuggestsView(IMemberReferenceOperation reference)
    {
        for (var (inner, outer) = ((IOperation)reference, reference.Parent); outer is not null; (inner, outer) = (outer, outer.Parent))
        {
            switch (outer)
            {
                case IInvocationOperation call when ReferenceEquals(call.Instance, reference):
                    return call.Arguments.Any(argument => MentionsKnownModule(argument.Value));
                case IInvocationOperation call when MakesModule(call.Type)
                    && call.TargetMethod.ContainingNamespace?.Name != nameof(System.Linq):
                case IObjectCreationOperation creation when MakesModule(creation.Type):
                    return true;
                case IAssignmentOperation assignment:
                    return ReferenceEquals(assignment.Target, inner) && MentionsKnownModule(assignment.Value);
                case IExpressionStatementOperation or IVariableDeclarationGroupOperation or IAnonymousFunctionOperation:
                    return false;
            }
        }

        return false;
    }

    private static bool MakesModule(ITypeSymbol? type) => type?.DerivesFrom(TypeNames.Module) == true;

    private static bool MentionsKnownModule(IOperation value) => value.DescendantsAndSelf().Any(operation => operation switch
    {
        IFieldReferenceOperation or IPropertyReferenceOperation => IsModuleOrCollection(operation.Type),
        IParameterReferenceOperation => IsModuleOrCollection(operation.Type),
        ILocalReferenceOperation local => IsModuleOrCollection(local.Type) && IsUsedElsewhere(local),
        IInvocationOperation { TargetMethod.Name: "children" or "modules" or "named_children" or "named_modules" } => true,
        _ => false,
    });

    private static bool IsModuleOrCollection(ITypeSymbol? type) =>
        type is not null && (type.DerivesFrom(TypeNames.Module) || PlainCollections.IsPlainCollection(type));

    private static bool IsUsedElsewhere(ILocalReferenceOperation reference)
    {
        IOperation root = reference;
        while (root.Parent is { } parent)
            root = parent;
        return root.Descendants().OfType<ILocalReferenceOperation>()
            .Count(other => SymbolEqualityComparer.Default.Equals(other.Local, reference.Local)) > 1;
    }
}
