using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SlSam.Compiler.Benchmarks.Generating;

/// <summary>
/// What any generator costs that finds its classes by an attribute and writes a file for each: it looks at nothing and writes nothing.
/// </summary>
[Generator(LanguageNames.CSharp)]
internal sealed class EmptyFileGenerator : IIncrementalGenerator
{
    private static readonly SourceText s_empty = SourceText.From("", Encoding.UTF8);

    public void Initialize(IncrementalGeneratorInitializationContext context)
        => context.RegisterSourceOutput(
            context.SyntaxProvider.ForAttributeWithMetadataName(
                "SlSam.SamModelAttribute",
                static (node, _) => node is ClassDeclarationSyntax,
                static (attributed, _) => attributed.TargetSymbol.Name),
            static (output, name) => output.AddSource(name, s_empty));
}
