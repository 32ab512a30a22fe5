using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Models;

/// <summary>
/// What a model puts into members whose declared type says nothing: a <c>Module&lt;Tensor, Tensor&gt;</c> may hold a Linear or a ReLU.
/// </summary>
internal sealed class HeldModules
{
    private readonly ConcurrentDictionary<ISymbol, byte> _withWeights = new(SymbolEqualityComparer.Default);

    private HeldModules()
    {
    }

    /// <summary>Watches the operations of the model's own code; what is found is complete at the end of the symbol.</summary>
    public static HeldModules Watch(SymbolStartAnalysisContext context)
    {
        var held = new HeldModules();
        context.RegisterOperationAction(held.VisitInitializer, OperationKind.FieldInitializer, OperationKind.PropertyInitializer);
        context.RegisterOperationAction(held.VisitReference, OperationKind.FieldReference, OperationKind.PropertyReference);
        return held;
    }

    /// <summary>Whether the member is certain to hold weights: by its type, or by what is put into it.</summary>
    public bool HasWeights(ISymbol member) =>
        PlainCollections.TypeOf(member) is not { } type
        || (VagueModules.IsVague(type) ? _withWeights.ContainsKey(member) : VagueModules.CertainlyHasWeights(type));

    private void VisitInitializer(OperationAnalysisContext context)
    {
        var initializer = (ISymbolInitializerOperation)context.Operation;
        if (!MakesWeights(initializer.Value))
            return;

        IEnumerable<ISymbol> members = initializer is IFieldInitializerOperation field
            ? field.InitializedFields
            : ((IPropertyInitializerOperation)initializer).InitializedProperties;
        foreach (var member in members)
            _withWeights.TryAdd(member, 0);
    }

    private void VisitReference(OperationAnalysisContext context)
    {
        var reference = (IMemberReferenceOperation)context.Operation;
        var value = reference.Parent switch
        {
            IAssignmentOperation assignment when ReferenceEquals(assignment.Target, reference) => assignment.Value,
            IInvocationOperation call when ReferenceEquals(call.Instance, reference)
                && call.TargetMethod.Name is "Add" or "append" or "Insert" => call,
            _ => null,
        };
        if (value is not null && MakesWeights(value))
            _withWeights.TryAdd(reference.Member, 0);
    }

    private static bool MakesWeights(IOperation value) => value.DescendantsAndSelf().Any(operation =>
        operation is IInvocationOperation or IObjectCreationOperation
        && operation.Type is { } type && !VagueModules.IsVague(type) && LayerCatalog.Find(type) is { HasWeights: true });
}
