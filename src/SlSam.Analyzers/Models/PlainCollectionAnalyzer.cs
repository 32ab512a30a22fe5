using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Analyzers.Diagnostics;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Models;

/// <summary>
/// Finds arrays, lists and dictionaries of modules in a model. Silent where the collection may be a second view of modules
/// that are registered in another way.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PlainCollectionAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Rules.PlainCollectionOfModules);

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
        if (model.FindAttribute(TypeNames.SamModelAttribute) is null || !model.DerivesFrom(TypeNames.Module))
            return;

        var collections = model.GetMembers().OfType<IFieldSymbol>().Where(IsCandidate).Select(field => field.AssociatedSymbol ?? field)
            .Where(member => member.FindAttribute(TypeNames.SamIgnoreAttribute) is null
                && member.FindAttribute(TypeNames.SamLayerAttribute) is null)
            .ToImmutableHashSet(SymbolEqualityComparer.Default);
        if (collections.IsEmpty)
            return;

        var registrations = Registrations.Watch(context, model);
        var views = new ConcurrentDictionary<ISymbol, byte>(SymbolEqualityComparer.Default);
        context.RegisterOperationAction(
            operation =>
            {
                var reference = (IMemberReferenceOperation)operation.Operation;
                if (collections.Contains(reference.Member) && SuggestsView(reference))
                    views.TryAdd(reference.Member, 0);
            },
            OperationKind.FieldReference, OperationKind.PropertyReference);
        context.RegisterOperationAction(
            operation =>
            {
                var initializer = (ISymbolInitializerOperation)operation.Operation;
                if (MentionsKnownModule(initializer.Value) && Initialized(initializer).FirstOrDefault(collections.Contains) is { } member)
                    views.TryAdd(member, 0);
            },
            OperationKind.FieldInitializer, OperationKind.PropertyInitializer);
        context.RegisterSymbolEndAction(end =>
        {
            if (registrations.RegistersByName)
                return;

            foreach (var member in collections.Where(member => member is not null && !views.ContainsKey(member)))
                Report(end, member);
        });
    }

    private static bool IsCandidate(IFieldSymbol field) =>
        !field.IsStatic && !field.IsConst && PlainCollections.IsPlainCollection(field.Type);

    private static void Report(SymbolAnalysisContext context, ISymbol member)
    {
        var type = PlainCollections.TypeOf(member)!;
        var replacement = PlainCollections.Replacement(type);
        context.ReportDiagnostic(Diagnostic.Create(
            Rules.PlainCollectionOfModules,
            member.Locations[0],
            ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Replacement, replacement),
            member.Name, type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), replacement));
    }

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
