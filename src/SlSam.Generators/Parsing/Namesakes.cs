using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace SlSam.Generators.Parsing;

/// <summary>Names in one namespace or type that differ in nothing but case. A container is looked through once, not for each of its models.</summary>
internal static class Namesakes
{
    private static readonly ConditionalWeakTable<INamespaceOrTypeSymbol, HashSet<string>> s_found = new();

    /// <summary>Whether something beside the type has its name in other case.</summary>
    public static bool DifferOnlyInCase(INamedTypeSymbol type)
        => s_found.GetValue((INamespaceOrTypeSymbol?)type.ContainingType ?? type.ContainingNamespace, FindIn).Contains(type.Name);

    private static HashSet<string> FindIn(INamespaceOrTypeSymbol container)
    {
        var first = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var ambiguous = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in container.GetMembers())
        {
            if (!first.TryGetValue(member.Name, out var name))
                first.Add(member.Name, member.Name);
            else if (name != member.Name)
                ambiguous.Add(name);
        }

        return ambiguous;
    }
}
