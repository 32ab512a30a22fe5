using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SlSam.Generators.Parsing;

/// <summary>
/// What RegisterComponents has to register: the fields that TorchSharp's own would find by reflection, under the names it would give them.
/// </summary>
internal static class RegistrationParser
{
    public static RegistrationSpec? Parse(INamedTypeSymbol model, ImmutableArray<ModelMember> members, ModelProblems problems)
    {
        // Nearest first: a class that writes its own RegisterComponents answers for itself and for what it derives from.
        var spokenFor = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var allVisible = true;
        foreach (var type in ModelMember.OwnTypes(model))
        {
            if (RegistersItself(type))
                break;
            spokenFor.Add(type);
            allVisible &= SymbolEqualityComparer.Default.Equals(type, model) || !type.DeclaringSyntaxReferences.IsEmpty;
        }

        if (!spokenFor.Contains(model))
            return null;

        var callsBase = model.SelfAndBases().SkipWhile(spokenFor.Contains).Any(
            type => type.FindAttribute(TypeNames.SamModelAttribute) is not null || (RegistersItself(type) && !type.Is(TypeNames.Module)));
        var components = ImmutableArray.CreateBuilder<ComponentSpec>();
        foreach (var member in members.Where(member => spokenFor.Contains(member.Symbol.ContainingType)))
        {
            if (member.Field is not { IsStatic: false } || FormOf(member.Type) is not { } form)
                continue;

            if (member.IsAccessible)
            {
                components.Add(ToSpec(member, form, callsBase));
            }
            else
            {
                // Of a layer, the layer table has said so.
                if (member.Layer is null)
                {
                    problems.Report(
                        ModelProblemKind.HiddenInBase, member.Symbol, null, member.Symbol.Name, member.Symbol.ContainingType.Name);
                }

                allVisible = false;
            }
        }

        return allVisible && components.Count > 0 ? new RegistrationSpec(callsBase, components.ToImmutable()) : null;
    }

    private static bool RegistersItself(INamedTypeSymbol type)
        => type.GetMembers(EmittedNames.RegisterComponents).OfType<IMethodSymbol>().Any(
            method => method.Parameters.IsEmpty && !method.IsGenerated());

    private static ComponentForm? FormOf(ITypeSymbol type)
    {
        if (type.DerivesFrom(TypeNames.Parameter))
            return ComponentForm.Parameter;
        if (type.DerivesFrom(TypeNames.Tensor))
            return ComponentForm.Tensor;
        if (type.DerivesFrom(TypeNames.Module))
            return ComponentForm.Module;
        return type.SelfAndBases().Any(MayBeImplementedByModule) ? ComponentForm.Interface : null;
    }

    private static bool MayBeImplementedByModule(INamedTypeSymbol type)
        => type.TypeKind == TypeKind.Interface
        && (!type.DeclaringSyntaxReferences.IsEmpty || type.IsCallableInterface());

    /// <summary>
    /// TorchSharp names a component after its field. For an auto-property that is the compiler's <c>&lt;Head&gt;k__BackingField</c>:
    /// a module is given the property's name instead. A parameter or buffer is not, as TorchSharp's <c>to()</c> replaces it, and
    /// finds the field by this name.
    /// </summary>
    private static ComponentSpec ToSpec(ModelMember member, ComponentForm form, bool callsBase)
    {
        var fieldName = member.Field!.Name;
        var isRenamed = form is ComponentForm.Module or ComponentForm.Interface && member.IsProperty;
        return member.Attribute(TypeNames.ComponentNameAttribute)?.NamedArgument<string>("Name") is { } chosen
            ? new ComponentSpec(chosen, member.Identifier, form)
            : new ComponentSpec(isRenamed ? member.Name : fieldName, member.Identifier, form)
            {
                OtherName = isRenamed && callsBase ? fieldName : null,
            };
    }
}
