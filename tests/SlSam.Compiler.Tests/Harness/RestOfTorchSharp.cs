using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SlSam.Compiler.Tests.Harness;

/// <summary>
/// Declarations of layers that TorchSharp has and this repository's provider of its API does not, so that models which use them can be compiled and
/// analyzed here as well. They cannot be run.
/// </summary>
internal static class RestOfTorchSharp
{
    /// <summary>Not with TorchSharp itself, which has them all.</summary>
    public static bool IsNeeded { get; } = typeof(TorchSharp.torch).Assembly.GetType("TorchSharp.Modules.LSTM") is null;

    public static MetadataReference Compile(IEnumerable<MetadataReference> references)
    {
        var path = Path.Combine(Repository.Root, "tests", "SlSam.Compiler.Tests", "Analyzers", "Corpus", "Rest", "Modules.cs.txt");
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        var tree = CSharpSyntaxTree.ParseText(File.ReadAllText(path), TestCompilation.ParseOptions, path);
        using var assembly = new MemoryStream();
        var result = CSharpCompilation.Create("TorchSharp.Rest", [tree], references, options).Emit(assembly);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return MetadataReference.CreateFromImage(assembly.ToArray());
    }
}
