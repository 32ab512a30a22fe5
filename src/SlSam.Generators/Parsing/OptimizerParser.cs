using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SlSam.Generators.Parsing;

/// <summary>The name of the optimizer, and whether it is free.</summary>
internal static class OptimizerParser
{
    public static OptimizerSpec? Parse(INamedTypeSymbol model, AttributeData attribute, ModelProblems problems)
    {
        var chosen = attribute.NamedArgument<string>("OptimizerName");
        var name = chosen ?? DefaultName(model);
        if (!SyntaxFacts.IsValidIdentifier(name))
        {
            problems.Report(ModelProblemKind.OptimizerNameInvalid, model, attribute, model.Name, name);
            return null;
        }

        if (IsTaken(model, name) || (chosen is not null && Siblings(model).Any(other => OptimizerNameOf(other) == name)))
        {
            problems.Report(ModelProblemKind.OptimizerNameTaken, model, attribute, model.Name, name);
            return null;
        }

        return new OptimizerSpec(TypeText.Identifier(name));
    }

    private static string DefaultName(INamedTypeSymbol model) => model.Name + EmittedNames.OptimizerSuffix;

    private static INamespaceOrTypeSymbol ContainerOf(INamedTypeSymbol model)
        => (INamespaceOrTypeSymbol?)model.ContainingType ?? model.ContainingNamespace;

    private static bool IsTaken(INamedTypeSymbol model, string name)
        => model.ContainingType?.Name == name
        || ContainerOf(model).GetMembers(name).Any(
            member => !member.IsGenerated() && (member is not INamedTypeSymbol type || type.Arity == model.Arity));

    private static IEnumerable<INamedTypeSymbol> Siblings(INamedTypeSymbol model)
        => ContainerOf(model).GetTypeMembers().Where(
            other => other.Arity == model.Arity && !SymbolEqualityComparer.Default.Equals(other, model));

    private static string? OptimizerNameOf(INamedTypeSymbol model)
        => model.FindAttribute(TypeNames.SamModelAttribute) is { } attribute
            ? attribute.NamedArgument<string>("OptimizerName") ?? DefaultName(model)
            : null;
}
