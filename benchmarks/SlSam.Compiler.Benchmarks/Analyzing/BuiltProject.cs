using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace SlSam.Compiler.Benchmarks.Analyzing;

/// <summary>A project of the solution, with what MSBuild would say to the compiler.</summary>
internal sealed class BuiltProject
{
    private readonly CSharpCommandLineArguments _arguments;
    private readonly ImmutableArray<MetadataReference> _references;
    private readonly ImmutableArray<ISourceGenerator> _generators;

    private BuiltProject(string name, CSharpCommandLineArguments arguments)
    {
        Name = name;
        _arguments = arguments;
        _references =
            [.. arguments.MetadataReferences.Select(item => MetadataReference.CreateFromFile(item.Reference, item.Properties))];
        _generators =
        [
            .. arguments.AnalyzerReferences.Select(item => new AnalyzerFileReference(item.FilePath, new Loader()))
                .SelectMany(reference => reference.GetGenerators(LanguageNames.CSharp)),
        ];
    }

    public string Name { get; }

    /// <summary>The projects of the solution, which has been built, or the one of this name.</summary>
    public static IEnumerable<BuiltProject> All(string solution, string? name)
    {
        var root = Path.GetDirectoryName(Path.GetFullPath(solution))!;
        var projects = Run(root, "sln", solution, "list").Split('\n').Select(line => line.Trim())
            .Where(line => line.EndsWith(".csproj", StringComparison.Ordinal) && (name is null || Path.GetFileNameWithoutExtension(line) == name));
        foreach (var path in projects.Select(path => Path.Combine(root, path)))
        {
            using var items = JsonDocument.Parse(Run(
                root, "msbuild", path, "-nologo", "-t:ResolveReferences;CoreCompile", "-getItem:CscCommandLineArgs",
                "-p:Configuration=Release", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-p:DesignTimeBuild=true",
                // A file that is never there: what is up to date would be left out.
                "-p:BuildProjectReferences=false", "-p:NonExistentFile=never-there"));
            var arguments = items.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray()
                .Select(argument => argument.GetProperty("Identity").GetString()!).ToList();
            if (arguments.Count > 0)
            {
                yield return new BuiltProject(
                    Path.GetFileNameWithoutExtension(path),
                    CSharpCommandLineParser.Default.Parse(arguments, Path.GetDirectoryName(path), sdkDirectory: null));
            }
        }
    }

    /// <summary>A compilation with the generated files, of which nothing is bound.</summary>
    public Compilation Compile()
    {
        var compilation = CSharpCompilation.Create(
            _arguments.CompilationName,
            _arguments.SourceFiles.Select(file => CSharpSyntaxTree.ParseText(
                SourceText.From(File.ReadAllText(file.Path)), _arguments.ParseOptions, file.Path)),
            _references,
            _arguments.CompilationOptions);
        CSharpGeneratorDriver.Create(_generators, parseOptions: _arguments.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        return output;
    }

    private static string Run(string folder, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, WorkingDirectory = folder })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)}: {output}");
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
