using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Models;

/// <summary>Modules whose declared type does not say whether they have weights, as a <c>Module&lt;Tensor, Tensor&gt;</c>, and modules that hold such.</summary>
internal static class VagueModules
{
    private const int MaximumDepth = 8;

    public static bool IsVague(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        INamedTypeSymbol { TypeArguments: { Length: 1 } elements } list when list.Is(TypeNames.ModuleList) => IsVague(elements[0]),
        _ => type.ContainingAssembly?.Name == TypeNames.TorchAssembly
            && (type.IsAbstract || type.TypeKind == TypeKind.Interface || type.Is(TypeNames.Module)),
    };

    /// <summary>
    /// Whether a module of the user's own that may hold weights does so. Where all that it holds is vague, what its code makes decides: a wrapper
    /// of a dropout has none.
    /// </summary>
    public static bool CertainlyHasWeights(ITypeSymbol type) => CertainlyHasWeights(type, 0);

    private static bool CertainlyHasWeights(ITypeSymbol type, int depth)
    {
        if (type is INamedTypeSymbol { TypeArguments: { Length: 1 } elements } list && list.Is(TypeNames.ModuleList))
            return CertainlyHasWeights(elements[0], depth);
        if (IsVague(type))
            return false;
        if (depth >= MaximumDepth || type.DeclaringSyntaxReferences.IsEmpty)
            return LayerCatalog.Find(type) is { HasWeights: true };

        var own = type.SelfAndBases().TakeWhile(candidate => candidate.ContainingAssembly?.Name != TypeNames.TorchAssembly).ToList();
        var fields = own.SelectMany(candidate => candidate.GetMembers()).OfType<IFieldSymbol>()
            .Where(field => !field.IsStatic && LayerCatalog.Find(field.Type) is { HasWeights: true })
            .ToList();
        return !fields.Any(field => IsVague(field.Type))
            || fields.Any(field => field.Type.DerivesFrom(TypeNames.Parameter) || CertainlyHasWeights(field.Type, depth + 1))
            || own.Any(candidate => candidate.DeclaringSyntaxReferences.IsEmpty || MakesWeights(candidate, depth));
    }

    // By the names of what is called and created: the code of another class has not been analyzed.
    private static bool MakesWeights(INamedTypeSymbol module, int depth) =>
        module.DeclaringSyntaxReferences.SelectMany(part => part.GetSyntax().DescendantNodes()).Any(node => node switch
        {
            InvocationExpressionSyntax call => IsWeighted(NameOf(call.Expression), module, depth),
            ObjectCreationExpressionSyntax creation => IsWeighted(NameOf(creation.Type), module, depth),
            _ => false,
        });

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => null,
    };

    private static bool IsWeighted(string? name, INamedTypeSymbol module, int depth)
    {
        if (name is null or "Sequential" or "ModuleList" || name == module.Name)
            return false;

        var torch = module.SelfAndBases().FirstOrDefault(type => type.ContainingAssembly?.Name == TypeNames.TorchAssembly)?.ContainingAssembly;
        var type = torch?.GetTypeByMetadataName("TorchSharp.Modules." + name)
            ?? module.ContainingNamespace.GetTypeMembers(name).FirstOrDefault();
        return type is not null && (type.DerivesFrom(TypeNames.Parameter)
            || LayerCatalog.Find(type) is { HasWeights: true } && CertainlyHasWeights(type, depth + 1));
    }
}
