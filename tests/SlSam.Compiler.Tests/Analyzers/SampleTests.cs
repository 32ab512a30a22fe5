using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Analyzers;

/// <summary>The samples' real sources break no rule, suggestions included, which the build does not show.</summary>
public partial class SampleTests
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static string Samples => Path.Combine(Repository.Root, "samples");

    public static TheoryData<string> Projects => new(Directory.GetFiles(Samples, "*.csproj", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Samples, path).Replace('\\', '/')).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task A_sample_breaks_no_rule(string project)
    {
        var sources = SourcesOf(Path.Combine(Samples, project)).ToList();
        var compilation = TestCompilation.Generate(TestCompilation.CreateWithUsings(ImplicitUsings, sources));

        Assert.Empty((await AnalyzerVerifier.AnalyzeAsync(compilation, BuildProperties.None)).Select(diagnostic => diagnostic.ToString()));
        Assert.Empty(compilation.SyntaxTrees
            .Where(tree => tree.ToString().Contains("[SamModel", StringComparison.Ordinal))
            .SelectMany(tree => compilation.GetSemanticModel(tree).GetDiagnostics())
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.ToString()));
    }

    [Fact]
    public void The_samples_have_models() => Assert.Contains(
        Directory.GetFiles(Samples, "*.csproj", SearchOption.AllDirectories).SelectMany(SourcesOf),
        source => source.Contains("[SamModel", StringComparison.Ordinal));

    /// <summary>The sources of a sample, and of samples that it refers to; other references are left out.</summary>
    private static IEnumerable<string> SourcesOf(string project)
    {
        var folder = Path.GetDirectoryName(project)!;
        foreach (Match reference in ProjectReferences().Matches(File.ReadAllText(project)))
        {
            var other = Path.GetFullPath(Path.Combine(folder, reference.Groups["path"].Value));
            if (other.StartsWith(Samples, StringComparison.Ordinal))
            {
                foreach (var source in SourcesOf(other))
                    yield return source;
            }
        }

        foreach (var path in Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (!Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
                yield return File.ReadAllText(path);
        }
    }

    [GeneratedRegex(@"<ProjectReference Include=""(?<path>[^""]+)""")]
    private static partial Regex ProjectReferences();
}
