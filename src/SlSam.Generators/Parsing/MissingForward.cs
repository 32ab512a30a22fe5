using Microsoft.CodeAnalysis;

namespace SlSam.Generators.Parsing;

/// <summary>The forward that a model leaves to its stages, for the case that they have faults.</summary>
internal static class MissingForward
{
    /// <returns>Null when the model writes or inherits a forward, needs none, or declares no stage.</returns>
    public static ForwardSpec? Of(INamedTypeSymbol model)
        => !model.IsAbstract && !HasForward(model) && DeclaresStages(model) && StageShape.Of(model) is { } shape
            ? new ForwardSpec(InputNames.Of(model, shape, []), TypeText.Full(shape.Result))
            : null;

    private static bool DeclaresStages(INamedTypeSymbol model)
        => ModelMember.OwnTypes(model).SelectMany(type => type.GetMembers()).Any(member =>
            member.FindAttribute(TypeNames.SamStageAttribute) is not null
            || member.FindAttribute(TypeNames.SamLayerAttribute)?.NamedArgument("Stage", -1) is not (null or -1));

    private static bool HasForward(INamedTypeSymbol model)
        => model.SelfAndBases().SelectMany(type => type.GetMembers(EmittedNames.Forward)).OfType<IMethodSymbol>()
            .Any(method => method is { IsStatic: false, IsAbstract: false } && !method.IsGenerated());
}
