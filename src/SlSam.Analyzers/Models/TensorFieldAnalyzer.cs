using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Analyzers.Diagnostics;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Models;

/// <summary>
/// Finds Tensor fields of a model that are set when it is constructed: they become buffers. That is meant where the value is a mask or the like, may be
/// meant elsewhere, and is not meant where the tensor requires gradients, or where the field is set to another tensor later.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TensorFieldAnalyzer : DiagnosticAnalyzer
{
    private const string NotTrained = "it requires gradients, but the optimizer does not train it; declare it a Parameter";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Rules.TensorField, Rules.MisusedBuffer);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterModelStartAction(Start);
    }

    private static void Start(SymbolStartAnalysisContext context, INamedTypeSymbol model)
    {
        if (!model.DerivesFrom(TypeNames.Module))
            return;

        var fields = model.GetMembers().OfType<IFieldSymbol>()
            .Where(field => !field.IsStatic && field.Type.Is(TypeNames.Tensor))
            .Select(field => field.AssociatedSymbol ?? field)
            .Where(member => !LayerMembers.IsIgnored(member) && member.FindAttribute(TypeNames.SamLayerAttribute) is null)
            .ToImmutableHashSet(SymbolEqualityComparer.Default);
        if (fields.IsEmpty)
            return;

        var uses = new TensorFieldUses(fields!);
        context.RegisterOperationAction(uses.VisitInitializer, OperationKind.FieldInitializer, OperationKind.PropertyInitializer);
        context.RegisterOperationAction(uses.VisitReference, OperationKind.FieldReference, OperationKind.PropertyReference);
        context.RegisterSymbolEndAction(end =>
        {
            var properties = ImmutableDictionary<string, string?>.Empty;
            if (LayerMembers.HasStages(model))
                properties = properties.Add(FixProperties.Staged, null);
            foreach (var member in fields.Where(member => uses.IsSetWhenConstructed(member!)))
                Report(end, member!, uses, properties);
        });
    }

    private static void Report(
        SymbolAnalysisContext context, ISymbol member, TensorFieldUses uses, ImmutableDictionary<string, string?> properties)
    {
        var place = member.Locations[0];
        if (uses.RequiresGradients(member))
            context.ReportDiagnostic(Diagnostic.Create(Rules.MisusedBuffer, place, properties, member.Name, NotTrained));
        else if (uses.SetLaterBy(member) is { } method)
            context.ReportDiagnostic(Diagnostic.Create(
                Rules.MisusedBuffer, place, properties.Add(FixProperties.SetLater, null), member.Name,
                $"what '{method}' sets it to later is neither saved nor moved; write into it instead, as with copy_"));
        else if (uses.MayBeWeight(member))
            context.ReportDiagnostic(Diagnostic.Create(Rules.TensorField, place, properties, member.Name));
    }
}

/// <summary>What a model does with its Tensor fields.</summary>
internal sealed class TensorFieldUses(ImmutableHashSet<ISymbol> fields)
{
    private readonly ConcurrentDictionary<ISymbol, byte> _constructed = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, byte> _withGradients = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, byte> _likeWeights = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, string> _setLater = new(SymbolEqualityComparer.Default);

    public bool IsSetWhenConstructed(ISymbol member) => _constructed.ContainsKey(member);

    public bool RequiresGradients(ISymbol member) => _withGradients.ContainsKey(member);

    /// <summary>Whether its value does not show that a constant is meant, as a mask or a row of positions does.</summary>
    public bool MayBeWeight(ISymbol member) => _likeWeights.ContainsKey(member);

    /// <summary>The first by name of the methods that set the member, so that a message does not depend on the order of analysis.</summary>
    public string? SetLaterBy(ISymbol member) => _setLater.TryGetValue(member, out var method) ? method : null;

    public void VisitInitializer(OperationAnalysisContext context)
    {
        var initializer = (ISymbolInitializerOperation)context.Operation;
        if (LayerMembers.SetTo(initializer.Value) is { } member && fields.Contains(member))
            Construct(member, initializer.Value);
    }

    public void VisitReference(OperationAnalysisContext context)
    {
        var reference = (IMemberReferenceOperation)context.Operation;
        if (!fields.Contains(reference.Member))
            return;

        switch (reference.Parent)
        {
            case ISimpleAssignmentOperation assignment when ReferenceEquals(assignment.Target, reference):
                if (context.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor })
                    Construct(reference.Member, assignment.Value);
                else
                    _setLater.AddOrUpdate(reference.Member, context.ContainingSymbol.Name, (_, name) =>
                        string.CompareOrdinal(name, context.ContainingSymbol.Name) < 0 ? name : context.ContainingSymbol.Name);
                break;
            case IPropertyReferenceOperation { Property.Name: "requires_grad", Parent: ISimpleAssignmentOperation { Value: var value } }
                when !IsFalse(value):
            case IInvocationOperation { TargetMethod.Name: "requires_grad_" } call when call.Arguments.All(argument => !IsFalse(argument.Value)):
                _withGradients.TryAdd(reference.Member, 0);
                break;
        }
    }

    private void Construct(ISymbol member, IOperation value)
    {
        var made = value.Unconverted();
        if (made is IDefaultValueOperation || made.ConstantValue is { HasValue: true, Value: null })
            return;

        _constructed.TryAdd(member, 0);
        if (MakesGradients(made))
            _withGradients.TryAdd(member, 0);
        if (!made.DescendantsAndSelf().Any(MakesConstant))
            _likeWeights.TryAdd(member, 0);
    }

    private static bool MakesConstant(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod.Name
            is "arange" or "linspace" or "logspace" or "eye" or "tril" or "triu" or "tril_indices" or "triu_indices" or "one_hot"
            or "eq" or "ne" or "lt" or "le" or "gt" or "ge" or "logical_not" or "logical_and" or "logical_or" or "bool",
        IBinaryOperation { OperatorKind: >= BinaryOperatorKind.Equals and <= BinaryOperatorKind.GreaterThan } => true,
        IFieldReferenceOperation { Field: { Name: "Bool" or "Byte" or "Int8" or "Int16" or "Int32" or "Int64", ContainingType.Name: "ScalarType" } } => true,
        _ => false,
    };

    private static bool MakesGradients(IOperation made) =>
        made.Type?.Is(TypeNames.Parameter) == true
        || made is IInvocationOperation { TargetMethod.Name: var name } call
            && (name is "requires_grad_" or "with_requires_grad" || call.Arguments.Any(AsksForGradients));

    private static bool AsksForGradients(IArgumentOperation argument) =>
        argument is { Parameter.Name: "requires_grad", Value.ConstantValue: { HasValue: true, Value: true } };

    private static bool IsFalse(IOperation value) => value.ConstantValue is { HasValue: true, Value: false };
}
