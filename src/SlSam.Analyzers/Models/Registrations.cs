using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Models;

/// <summary>Which members of a model register its components, by themselves or through other members that they call.</summary>
internal sealed class Registrations
{
    private readonly INamedTypeSymbol _model;
    private readonly ConcurrentDictionary<ISymbol, byte> _registering = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, ConcurrentBag<ISymbol>> _calls = new(SymbolEqualityComparer.Default);
    private volatile bool _registersByName;

    private Registrations(INamedTypeSymbol model) => _model = model;

    /// <summary>Whether modules are registered one at a time, as with <c>register_module</c>.</summary>
    public bool RegistersByName => _registersByName;

    /// <summary>Watches the operations of the model's own code; what is found is complete at the end of the symbol.</summary>
    public static Registrations Watch(SymbolStartAnalysisContext context, INamedTypeSymbol model)
    {
        var registrations = new Registrations(model);
        context.RegisterOperationAction(registrations.Visit, OperationKind.Invocation, OperationKind.MethodReference,
            OperationKind.PropertyReference);
        return registrations;
    }

    /// <summary>Whether anything that can register is reached from the member.</summary>
    public bool IsReachedFrom(ISymbol member)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { member };
        var open = new Stack<ISymbol>(seen);
        while (open.Count > 0)
        {
            var next = open.Pop();
            if (_registering.ContainsKey(next))
                return true;

            foreach (var called in _calls.TryGetValue(next, out var calls) ? calls : Enumerable.Empty<ISymbol>())
            {
                if (seen.Add(called))
                    open.Push(called);
            }
        }

        return false;
    }

    /// <summary>Whether any method other than a constructor registers: the model may be completed after it is constructed.</summary>
    public bool HappenOutsideConstructors() =>
        _registering.Keys.Any(member => member is not IMethodSymbol { MethodKind: MethodKind.Constructor });

    private void Visit(OperationAnalysisContext context)
    {
        switch (context.Operation)
        {
            case IInvocationOperation call when Registers(call):
                AddRegistration(context.ContainingSymbol, call.TargetMethod);
                break;
            case IMethodReferenceOperation { Instance: IInstanceReferenceOperation } reference when IsRegistration(reference.Method):
                AddRegistration(context.ContainingSymbol, reference.Method);
                break;
            case IInvocationOperation call:
                AddCall(context.ContainingSymbol, call.TargetMethod);
                break;
            case IMethodReferenceOperation reference:
                AddCall(context.ContainingSymbol, reference.Method);
                break;
            case IPropertyReferenceOperation property:
                AddCall(context.ContainingSymbol, property.Property.GetMethod);
                AddCall(context.ContainingSymbol, property.Property.SetMethod);
                break;
        }
    }

    private static bool Registers(IInvocationOperation call) =>
        IsRegistration(call.TargetMethod)
            ? call.Instance is IInstanceReferenceOperation
            : call.TargetMethod.ContainingAssembly?.Name != TypeNames.TorchAssembly
              && call.Arguments.Any(argument =>
                  argument.Value.DescendantsAndSelf()
                      .Any(value => value is IInstanceReferenceOperation && value.Parent is IArgumentOperation or IConversionOperation));

    private static bool IsRegistration(IMethodSymbol method) =>
        method.Name is "RegisterComponents" or "register_module" or "add_module" or "register_parameter";

    private void AddRegistration(ISymbol caller, IMethodSymbol called)
    {
        _registering.TryAdd(caller, 0);
        _registersByName |= called.Name != "RegisterComponents";
    }

    private void AddCall(ISymbol caller, IMethodSymbol? called)
    {
        if (called is not null
            && SymbolEqualityComparer.Default.Equals(called.ContainingType?.OriginalDefinition, _model.OriginalDefinition))
            _calls.GetOrAdd(caller, _ => new ConcurrentBag<ISymbol>()).Add(called.OriginalDefinition);
    }
}
