using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Models;

/// <summary>A place where a constructor puts an instance that has a name into a layer.</summary>
internal sealed class LayerPlacement
{
    private readonly IOperation _operation;
    private readonly bool _isInCollection;

    private LayerPlacement(ISymbol instance, ISymbol member, IOperation operation, bool isInCollection, string what = "module")
    {
        Instance = instance;
        Member = member;
        _operation = operation;
        _isInCollection = isInCollection;
        What = what;
    }

    /// <summary>The variable, parameter or layer that names the instance.</summary>
    public ISymbol Instance { get; }

    /// <summary>The layer that it is put into.</summary>
    public ISymbol Member { get; }

    /// <summary>What is shared: a module, or a parameter of one.</summary>
    public string What { get; }

    public SyntaxNode Where => _operation.Syntax;

    /// <summary>Whether the instance is a layer already.</summary>
    public bool IsLayerItself => Instance is IFieldSymbol or IPropertySymbol;

    /// <summary>Whether a loop puts the one instance into a collection time after time.</summary>
    public bool IsRepeated => _isInCollection && Loop() is { } loop && !Instance.DeclaringSyntaxReferences.Any(declaration =>
        declaration.SyntaxTree == loop.Syntax.SyntaxTree && loop.Syntax.Span.Contains(declaration.Span));

    /// <summary>Whether both happen to one model, into two layers or into a collection.</summary>
    public bool IsSecondAfter(LayerPlacement first) =>
        (_isInCollection || !SymbolEqualityComparer.Default.Equals(first.Member, Member)) && !ExcludesEachOther(first._operation, _operation);

    /// <summary>What a constructor or initializer puts into layers, where the instance is certain to be the same each time.</summary>
    public static IEnumerable<LayerPlacement> AllIn(IOperation block, ImmutableHashSet<ISymbol> layers)
    {
        var assignedAgain = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var found = new List<LayerPlacement>();
        if (block is ISymbolInitializerOperation initializer && LayerMembers.SetTo(initializer.Value) is { } initialized)
            Put(initializer.Value, initialized, isInCollection: false);

        foreach (var operation in block.Descendants())
        {
            switch (operation)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } list } } assignment
                    when LayerMembers.MemberOf(list) is { } member:
                    Put(assignment.Value, member, isInCollection: true);
                    break;
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } owner } target } assignment
                    when target.Type.IsParameter() && LayerMembers.MemberOf(owner) is { } member:
                    PutParameter(assignment.Value, member);
                    break;
                case ISimpleAssignmentOperation assignment when LayerMembers.MemberOf(assignment.Target) is { } member:
                    Put(assignment.Value, member, isInCollection: false);
                    break;
                case IAssignmentOperation { Target: ILocalReferenceOperation { IsDeclaration: false } local } assignment
                    when !IsFirstValue(local, block):
                    assignedAgain.Add(local.Local);
                    break;
                case IAssignmentOperation { Target: IParameterReferenceOperation parameter }:
                    assignedAgain.Add(parameter.Parameter);
                    break;
                case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: ILocalReferenceOperation { IsDeclaration: false } local }:
                    assignedAgain.Add(local.Local);
                    break;
                case IInvocationOperation { Instance: { } list, TargetMethod.Name: "Add" or "append" or "Insert" or "AddRange" } call
                    when LayerMembers.MemberOf(list) is { } member:
                    foreach (var argument in call.Arguments)
                        Put(argument.Value, member, isInCollection: true);
                    break;
            }
        }

        return found.Where(placement => !assignedAgain.Contains(placement.Instance));

        void Put(IOperation value, ISymbol member, bool isInCollection)
        {
            if (!layers.Contains(member))
                return;

            var put = value.Unconverted();
            if (put is ISimpleAssignmentOperation chained)
                put = chained.Value.Unconverted();
            switch (put)
            {
                case ILocalReferenceOperation local when HoldsLayer(local.Type):
                    found.Add(new LayerPlacement(local.Local, member, put, isInCollection));
                    break;
                case IParameterReferenceOperation parameter when HoldsLayer(parameter.Type):
                    found.Add(new LayerPlacement(parameter.Parameter, member, put, isInCollection));
                    break;
                case IMemberReferenceOperation when LayerMembers.MemberOf(put) is { } other && layers.Contains(other)
                    && !SymbolEqualityComparer.Default.Equals(other, member):
                    found.Add(new LayerPlacement(other, member, put, isInCollection));
                    break;
                case IObjectCreationOperation creation when IsContainer(creation.Type):
                    foreach (var element in creation.Arguments.Select(argument => argument.Value).Concat(Added(creation.Initializer)))
                        Put(element, member, isInCollection: true);
                    break;
                case IInvocationOperation call when IsContainer(call.Type):
                    foreach (var argument in call.Arguments)
                        Put(argument.Value, member, isInCollection: true);
                    break;
                case IArrayCreationOperation { Initializer: { } elements }:
                    foreach (var element in elements.ElementValues)
                        Put(element, member, isInCollection: true);
                    break;
                case ITupleOperation tuple:
                    foreach (var element in tuple.Elements)
                        Put(element, member, isInCollection: true);
                    break;
            }
        }

        // decoder.weight = encoder.weight
        void PutParameter(IOperation value, ISymbol member)
        {
            if (value.Unconverted() is IPropertyReferenceOperation { Instance: { } owner } parameter && parameter.Type.IsParameter()
                && LayerMembers.MemberOf(owner) is { } other && layers.Contains(member) && layers.Contains(other)
                && !SymbolEqualityComparer.Default.Equals(other, member))
                found.Add(new LayerPlacement(other, member, parameter, isInCollection: false, what: parameter.Property.Name));
        }
    }

    private static IEnumerable<IOperation> Added(IObjectOrCollectionInitializerOperation? initializer) =>
        initializer is null ? [] : initializer.Initializers.OfType<IInvocationOperation>()
            .SelectMany(call => call.Arguments).Select(argument => argument.Value);

    private static bool HoldsLayer(ITypeSymbol? type) => type is not null && LayerCatalog.Find(type) is { HasWeights: true };

    private static bool IsContainer(ITypeSymbol? type) => type is not null
        && type.DerivesFrom(TypeNames.Module)
        && type.SelfAndBases().Any(candidate => candidate.Is(TypeNames.ModuleList)
            || candidate.ContainingAssembly?.Name == TypeNames.TorchAssembly && candidate.Name is "Sequential" or "ModuleDict");

    // var layer = null; if (...) layer = ...: a variable that is declared without a value is not assigned again by its first one.
    private static bool IsFirstValue(ILocalReferenceOperation target, IOperation block) =>
        block.Descendants().OfType<IVariableDeclaratorOperation>().Any(declarator =>
            SymbolEqualityComparer.Default.Equals(declarator.Symbol, target.Local) && declarator.GetVariableInitializer() is null)
        && block.Descendants().OfType<IAssignmentOperation>().Count(assignment =>
            assignment.Target is ILocalReferenceOperation other && SymbolEqualityComparer.Default.Equals(other.Local, target.Local)) == 1;

    private ILoopOperation? Loop()
    {
        for (var outer = _operation.Parent; outer is not null and not IAnonymousFunctionOperation; outer = outer.Parent)
        {
            if (outer is ILoopOperation loop)
                return loop;
        }

        return null;
    }

    // In two branches of one condition, or in two constructors.
    private static bool ExcludesEachOther(IOperation first, IOperation second)
    {
        var path = new Dictionary<IOperation, IOperation?>();
        IOperation? below = null;
        for (var outer = first; outer is not null; (below, outer) = (outer, outer.Parent))
            path[outer] = below;

        below = null;
        for (var outer = second; outer is not null; (below, outer) = (outer, outer.Parent))
        {
            if (path.TryGetValue(outer, out var other))
            {
                return outer switch
                {
                    IConditionalOperation condition => below != other && below != condition.Condition && other != condition.Condition,
                    ISwitchOperation or ISwitchExpressionOperation => below != other,
                    _ => false,
                };
            }
        }

        return !(Root(first) is ISymbolInitializerOperation && Root(second) is ISymbolInitializerOperation);
    }

    private static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }
}

/// <summary>Whether a value is a parameter of a module.</summary>
internal static class ParameterType
{
    public static bool IsParameter(this ITypeSymbol? type) => type?.DerivesFrom(TypeNames.Parameter) == true;
}
