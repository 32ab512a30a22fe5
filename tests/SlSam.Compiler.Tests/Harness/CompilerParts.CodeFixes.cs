using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis.CodeFixes;

namespace SlSam.Compiler.Tests.Harness;

/// <summary>What only an IDE loads.</summary>
internal static partial class CompilerParts
{
    public static ImmutableArray<CodeFixProvider> CodeFixes { get; } =
        Instances<CodeFixProvider, ExportCodeFixProviderAttribute>(Assembly.Load("SlSam.CodeFixes"));
}
