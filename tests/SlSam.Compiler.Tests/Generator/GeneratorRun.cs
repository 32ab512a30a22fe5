using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SlSam.Compiler.Tests.Harness;
using SlSam.Generators;

namespace SlSam.Compiler.Tests.Generator;

/// <summary>Sources compiled against TorchSharp and SlSam's runtime, with the generator run on them, and again after edits.</summary>
internal sealed class GeneratorRun
{
    private readonly GeneratorDriver _driver;
    private readonly CSharpParseOptions _options;

    private GeneratorRun(CSharpCompilation compilation, GeneratorDriver driver, CSharpParseOptions options)
    {
        Compilation = compilation;
        _driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        _options = options;
        Output = (CSharpCompilation)output;
        Assert.Empty(diagnostics);
        Result = _driver.GetRunResult().Results.Single();
        Assert.Null(Result.Exception);
    }

    /// <summary>The sources alone.</summary>
    public CSharpCompilation Compilation { get; }

    /// <summary>The sources and what was generated.</summary>
    public CSharpCompilation Output { get; }

    public GeneratorRunResult Result { get; }

    public ImmutableArray<GeneratedSourceResult> Files => Result.GeneratedSources;

    public static GeneratorRun Of(params string[] sources) => Of(LanguageVersion.Latest, sources);

    public static GeneratorRun Of(LanguageVersion language, params string[] sources) => Of(language, [], sources);

    /// <param name="language">The version of C#.</param>
    /// <param name="libraries">What the sources refer to beside TorchSharp and SlSam.</param>
    /// <param name="sources">The files.</param>
    public static GeneratorRun Of(LanguageVersion language, IEnumerable<MetadataReference> libraries, params string[] sources)
        => At("", language, libraries, sources);

    /// <summary>Runs the generator on sources that lie in a folder.</summary>
    public static GeneratorRun At(string folder, LanguageVersion language, IEnumerable<MetadataReference> libraries, params string[] sources)
    {
        var options = new CSharpParseOptions(language, DocumentationMode.Diagnose);
        var compilation = CSharpCompilation.Create(
            "Models",
            sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, options, $"{folder}Source{i}.cs")),
            TestCompilation.References.AddRange(libraries),
            TestCompilation.Options.WithWarningLevel(9999));
        var driver = CSharpGeneratorDriver.Create(
            [new SamModelGenerator().AsSourceGenerator()], parseOptions: options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return new GeneratorRun(compilation, driver, options);
    }

    /// <summary>Runs the generator again after a file was added.</summary>
    public GeneratorRun Add(string source) => Again(Compilation.AddSyntaxTrees(Parse(source, "Added.cs")));

    /// <summary>Runs the generator again on the very same sources.</summary>
    public GeneratorRun Repeat() => Again(Compilation);

    /// <summary>Runs the generator again after a file was removed.</summary>
    public GeneratorRun Remove(int file) => Again(Compilation.RemoveSyntaxTrees(Compilation.SyntaxTrees[file]));

    /// <summary>Runs the generator again after a file was changed.</summary>
    public GeneratorRun Change(int file, Func<string, string> edit)
    {
        var tree = Compilation.SyntaxTrees[file];
        var text = tree.ToString();
        var edited = edit(text);
        Assert.NotEqual(text, edited);
        return Again(Compilation.ReplaceSyntaxTree(tree, Parse(edited, tree.FilePath)));
    }

    /// <summary>What the compiler says about the sources and the generated files; the sources need not be documented.</summary>
    public IEnumerable<Diagnostic> Diagnostics() => Output.GetDiagnostics().Where(
        diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !(diagnostic.Id == "CS1591" && IsInSources(diagnostic)));

    /// <summary>Whether it is about a source, and not about a generated file.</summary>
    public bool IsInSources(Diagnostic diagnostic) => Compilation.ContainsSyntaxTree(diagnostic.Location.SourceTree);

    private GeneratorRun Again(CSharpCompilation compilation) => new(compilation, _driver, _options);

    private SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, _options, path);
}
