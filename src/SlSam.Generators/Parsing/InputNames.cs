using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace SlSam.Generators.Parsing;

/// <summary>
/// Names for the model's inputs. TorchSharp's own say nothing (input1, input2); the stages that take an input often have a better one.
/// </summary>
internal static class InputNames
{
    public static EquatableArray<InputSpec> Of(INamedTypeSymbol model, StageShape shape, IEnumerable<ISymbol> stages)
    {
        var methods = stages.SelectMany(CalledMethods);
        var names = new List<string> { EmittedNames.Input };
        for (var i = 1; i < shape.Inputs.Length; i++)
        {
            names.Add(methods.Where(method => method.Parameters.Length > i).Select(method => method.Parameters[i].Name)
                .FirstOrDefault(name => IsFree(name) && !names.Contains(name))
                ?? EmittedNames.Input + (i + 1).ToString(CultureInfo.InvariantCulture));
        }

        // A member of the model keeps its name for itself.
        bool IsFree(string name)
            => !EmittedNames.IsLocal(name) && !EmittedNames.IsTupleMember(name) && name[0] != '_' && model.SelfAndBases().All(type => type.GetMembers(name).IsEmpty);

        return names.Zip(shape.Inputs, (name, type) => new InputSpec(TypeText.Identifier(name), TypeText.Full(type), CanBeChecked(type)))
            .ToImmutableArray();
    }

    /// <summary>A stage method, the forward of a user's module, or the stage methods of a model whose forward is generated.</summary>
    private static IEnumerable<IMethodSymbol> CalledMethods(ISymbol stage) => stage switch
    {
        IMethodSymbol method => [method],
        IFieldSymbol field => MethodsOf(field.Type),
        IPropertySymbol property => MethodsOf(property.Type),
        _ => [],
    };

    private static IEnumerable<IMethodSymbol> MethodsOf(ITypeSymbol type)
    {
        var called = type.DerivesFrom(TypeNames.ModuleList) ? LayerParser.ElementOf(type) : type;
        return called.SelfAndBases().TakeWhile(module => module.ContainingAssembly?.Name != TypeNames.TorchAssembly)
            .SelectMany(module => module.GetMembers()).OfType<IMethodSymbol>()
            .Where(method => !method.IsGenerated()
                && (method is { IsOverride: true, Name: EmittedNames.Forward } || method.FindAttribute(TypeNames.SamStageAttribute) is not null));
    }

    /// <summary>Whether null can be refused: not for a value, nor where null is or may be allowed.</summary>
    private static bool CanBeChecked(ITypeSymbol type)
        => type is { IsReferenceType: true, TypeKind: not TypeKind.TypeParameter, NullableAnnotation: not NullableAnnotation.Annotated };
}
