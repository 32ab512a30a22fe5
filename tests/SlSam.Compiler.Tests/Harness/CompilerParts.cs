using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SlSam.Compiler.Tests.Harness;

/// <summary>Everything that the package puts into a user's compiler and IDE, found as they find it: by attribute.</summary>
internal static partial class CompilerParts
{
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
        Instances<DiagnosticAnalyzer, DiagnosticAnalyzerAttribute>(typeof(SlSam.Analyzers.Models.ModelAnalyzer).Assembly);

    public static ImmutableArray<ISourceGenerator> Generators =>
        [.. Instances<IIncrementalGenerator, GeneratorAttribute>(Assembly.Load("SlSam.Generators"))
            .Select(generator => generator.AsSourceGenerator())];

    private static ImmutableArray<T> Instances<T, TAttribute>(Assembly assembly)
        where TAttribute : Attribute =>
        [.. assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(T)) && type.IsDefined(typeof(TAttribute)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (T)Activator.CreateInstance(type)!)];
}
