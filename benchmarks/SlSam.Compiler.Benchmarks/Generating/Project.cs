using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SlSam.Compiler.Benchmarks.Generating;

/// <summary>A project with models, as the compiler holds it before generators run: parsed, and referring to .NET, TorchSharp and SlSam.</summary>
internal sealed class Project
{
    private readonly ImmutableArray<string> _models;

    private Project(IEnumerable<string> models) => _models = [.. models];

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp12, DocumentationMode.Parse);

    private static ImmutableArray<MetadataReference> References { get; } = FindReferences();

    /// <summary>One model of 50 layers.</summary>
    public static Project OneModel() => new([ModelSources.Deep(50)]);

    /// <summary>A thousand models.</summary>
    public static Project ManyModels(int count) => new(Enumerable.Range(0, count).Select(ModelSources.First));

    /// <summary>
    /// A compilation that shares nothing with another but its references. They are resolved, which every compilation does once and hands on
    /// to those made from it. Its sources are parsed, and nothing of them is bound.
    /// </summary>
    public CSharpCompilation Compile()
    {
        var compilation = CSharpCompilation.Create(
            "Models",
            _models.Select((model, i) => Parse(model, $"Model{i}.cs")).Append(Parse(ModelSources.Unrelated, "Report.cs")),
            References,
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        _ = compilation.ObjectType.TypeKind;
        return compilation;
    }

    /// <summary>A compilation that the compiler has looked through already: attributes, types of members and bodies are bound.</summary>
    public CSharpCompilation CompileAndBind()
    {
        var compilation = Compile();
        _ = compilation.GetDiagnostics();
        return compilation;
    }

    public static Compilation EditUnrelatedBody(CSharpCompilation compilation) => Replace(compilation, ^1, ModelSources.WithOtherBody);

    public static Compilation AddUnrelatedMember(CSharpCompilation compilation) => Replace(compilation, ^1, ModelSources.WithOtherMember);

    public Compilation EditModel(CSharpCompilation compilation) => Replace(compilation, 0, ModelSources.Edited(_models[0]));

    private static Compilation Replace(CSharpCompilation compilation, Index file, string source)
    {
        var before = compilation.SyntaxTrees[file];
        return compilation.ReplaceSyntaxTree(before, Parse(source, before.FilePath));
    }

    private static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path);

    private static ImmutableArray<MetadataReference> FindReferences()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var paths = Directory.EnumerateFiles(framework, "System*.dll")
            .Where(path => !Path.GetFileName(path).Contains(".Native", StringComparison.Ordinal))
            .Append(Path.Combine(framework, "netstandard.dll"))
            .Append(typeof(SamModelAttribute).Assembly.Location)
            .Append(Path.Combine(AppContext.BaseDirectory, "TorchSharp.dll"));
        return [.. paths.Select(path => MetadataReference.CreateFromFile(path))];
    }
}
