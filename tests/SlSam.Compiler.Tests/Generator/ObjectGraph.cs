using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace SlSam.Compiler.Tests.Generator;

/// <summary>Walks through everything that an object reaches.</summary>
internal static class ObjectGraph
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Fails when the object reaches something that keeps a compilation alive or changes with it.</summary>
    public static void AssertPlain(object? root) => Visit(root, "value", new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static void Visit(object? value, string path, HashSet<object> visited)
    {
        if (value is null or string || value.GetType() is { IsPrimitive: true } or { IsEnum: true })
            return;
        if (!value.GetType().IsValueType && !visited.Add(value))
            return;

        Assert.False(
            value is ISymbol or SyntaxNode or SyntaxTree or SyntaxReference or SemanticModel or Compilation or Location or AttributeData
                or SourceText,
            $"{path} is a {value.GetType().Name}.");

        if (value is IEnumerable items)
        {
            foreach (var item in items)
                Visit(item, path + "[]", visited);
        }

        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(Fields))
                Visit(field.GetValue(value), $"{path}.{field.Name}", visited);
        }
    }
}
