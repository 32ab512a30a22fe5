using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SlSam.Compiler.Tests.Harness;

/// <summary>A user's project: sources against the runtime, TorchSharp's API and .NET, with the generator's output.</summary>
internal static class TestCompilation
{
    private const string TorchUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading.Tasks;
        global using SlSam;
        global using TorchSharp;
        global using TorchSharp.Modules;
        global using static TorchSharp.torch;
        global using static TorchSharp.torch.nn;
        """;

    public static string GlobalUsings => RestOfTorchSharp.IsNeeded ? TorchUsings + "\nglobal using static TorchSharp.RestOfNn;" : TorchUsings;

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp12);

    public static CSharpCompilationOptions Options { get; } =
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true);

    /// <summary>The options for a source, which is a program if it has statements at its top level.</summary>
    public static CSharpCompilationOptions OptionsFor(string source) =>
        CSharpSyntaxTree.ParseText(source, ParseOptions).GetRoot().ChildNodes().Any(node => node is GlobalStatementSyntax)
            ? Options.WithOutputKind(OutputKind.ConsoleApplication)
            : Options;

    public static ImmutableArray<MetadataReference> References { get; } = FindReferences();

    public static CSharpCompilation Create(IEnumerable<string> sources) => CreateWithUsings(GlobalUsings, sources);

    public static CSharpCompilation CreateWithUsings(string usings, IEnumerable<string> sources)
    {
        var texts = sources.ToList();
        var trees = texts.Select((source, index) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"Test{index}.cs"))
            .Prepend(CSharpSyntaxTree.ParseText(usings, ParseOptions, "GlobalUsings.cs"));
        var options = texts.Select(OptionsFor).FirstOrDefault(options => options.OutputKind == OutputKind.ConsoleApplication) ?? Options;
        return CSharpCompilation.Create("Test", trees, References, options);
    }

    public static Compilation Generate(Compilation compilation)
    {
        CSharpGeneratorDriver.Create(CompilerParts.Generators, parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out var failures);
        Assert.Empty(failures);
        return output;
    }

    private static ImmutableArray<MetadataReference> FindReferences()
    {
        var platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var paths = platform.Split(Path.PathSeparator).Where(IsOfDotNet)
            .Append(typeof(SamModelAttribute).Assembly.Location)
            .Append(Path.Combine(AppContext.BaseDirectory, "TorchSharp.dll"));
        ImmutableArray<MetadataReference> references = [.. paths.Select(path => MetadataReference.CreateFromFile(path))];
        return RestOfTorchSharp.IsNeeded ? references.Add(RestOfTorchSharp.Compile(references)) : references;
    }

    private static bool IsOfDotNet(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location)
            && (name.StartsWith("System.", StringComparison.Ordinal) || name is "System" or "netstandard" or "mscorlib");
    }
}
