using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Tutorial;

/// <summary>The reader's project, open in an editor.</summary>
internal sealed class TutorialProject
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;

        """;

    /// <summary>What the SDK silences in every project: the assemblies of the runtime may be newer than those that a library was compiled against.</summary>
    private static readonly KeyValuePair<string, ReportDiagnostic>[] s_silent = [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)];

    private Project _project;

    public TutorialProject(string globalUsings)
    {
        _project = new AdhocWorkspace().AddProject("Rings", LanguageNames.CSharp)
            .WithParseOptions(TestCompilation.ParseOptions)
            .WithCompilationOptions(TestCompilation.Options.WithOutputKind(OutputKind.ConsoleApplication).WithSpecificDiagnosticOptions(s_silent))
            .AddMetadataReferences(TestCompilation.References)
            .AddAnalyzerReference(new GeneratorReference())
            .AddDocument("GlobalUsings.cs", ImplicitUsings + globalUsings).Project;
        Write("Program.cs", "Console.WriteLine(\"Hello, World!\");\n");
    }

    public void Write(string file, string text)
    {
        if (Find(file) is { } existing)
            _project = _project.RemoveDocument(existing.Id);
        _project = _project.AddDocument(file, text, filePath: file).Project;
    }

    public async Task<string> ReadAsync(string file) => (await Find(file)!.GetTextAsync()).ToString();

    /// <summary>What the compiler prints, without the address of the rule's page.</summary>
    public async Task<string> MessagesAsync() =>
        string.Concat((await DiagnosticsAsync()).Select(diagnostic => diagnostic + "\n"));

    /// <summary>Applies the first fix of this title, as a click in an editor does.</summary>
    public async Task FixAsync(string title)
    {
        var offered = new List<CodeAction>();
        foreach (var diagnostic in await DiagnosticsAsync())
        {
            foreach (var provider in CompilerParts.CodeFixes.Where(provider => provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                var document = _project.GetDocument(diagnostic.Location.SourceTree)!;
                await provider.RegisterCodeFixesAsync(
                    new CodeFixContext(document, diagnostic, (action, _) => offered.Add(action), CancellationToken.None));
            }
        }

        var chosen = offered.Find(action => action.Title == title);
        Assert.True(chosen is not null, $"'{title}' is not offered, only {string.Join(", ", offered.Select(action => action.Title))}.");
        var operations = await chosen.GetOperationsAsync(CancellationToken.None);
        _project = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(_project.Id)!;
    }

    private Document? Find(string file) => _project.Documents.SingleOrDefault(document => document.Name == file);

    private async Task<IEnumerable<Diagnostic>> DiagnosticsAsync()
    {
        var compilation = (await _project.GetCompilationAsync())!;
        var analyzed = await AnalyzerVerifier.AnalyzeAsync(compilation);
        return compilation.GetDiagnostics().Concat(analyzed)
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal);
    }
}
