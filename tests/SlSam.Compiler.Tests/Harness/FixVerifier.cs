using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace SlSam.Compiler.Tests.Harness;

/// <summary>Applies fixes as an IDE does, one after the other and all at once.</summary>
internal static class FixVerifier
{
    /// <summary>
    /// Fixing the rule's diagnostics turns the source into the other, whether one at a time or all in one go.
    /// Without a key the rule must have exactly one fix.
    /// </summary>
    public static async Task VerifyAsync(string id, string before, string after, string? key = null)
    {
        var oneByOne = Project(before);
        for (var round = 0; (await DiagnosticsAsync(oneByOne, id)).FirstOrDefault() is { } diagnostic; round++)
        {
            Assert.True(round < 20, $"{id} is still reported after {round} fixes:\n{await TextAsync(oneByOne)}");
            var actions = await ActionsAsync(oneByOne, diagnostic);
            var action = key is null ? Assert.Single(actions) : Assert.Single(actions, action => action.EquivalenceKey == key);
            oneByOne = await ApplyAsync(oneByOne, action);
        }

        Assert.Equal(after.ReplaceLineEndings("\n"), await TextAsync(oneByOne));
        Assert.Equal(after.ReplaceLineEndings("\n"), await TextAsync(await FixAllAsync(Project(before), id, key)));
    }

    /// <summary>The rule fires and no fix is offered, or none of this key.</summary>
    public static async Task VerifyNoFixAsync(string id, string source, string? key = null)
    {
        var project = Project(source);
        var diagnostics = await DiagnosticsAsync(project, id);
        Assert.NotEmpty(diagnostics);
        foreach (var diagnostic in diagnostics)
        {
            var actions = await ActionsAsync(project, diagnostic);
            Assert.DoesNotContain(actions, action => key is null || action.EquivalenceKey == key);
        }
    }

    /// <summary>Every fix that is offered can be applied, alone, without failing; says how many there were.</summary>
    public static async Task<int> ApplyEachAsync(string source)
    {
        var project = Project(source);
        var found = await AnalyzerVerifier.AnalyzeAsync((await project.GetCompilationAsync())!);
        var count = 0;
        foreach (var diagnostic in found.Where(diagnostic => diagnostic.Location.IsInSource))
        {
            foreach (var action in await ActionsAsync(project, diagnostic))
            {
                await ApplyAsync(project, action);
                count++;
            }
        }

        return count;
    }

    private static Project Project(string source)
    {
        var workspace = new AdhocWorkspace();
        var project = workspace.AddProject("Test", LanguageNames.CSharp)
            .WithParseOptions(TestCompilation.ParseOptions)
            .WithCompilationOptions(TestCompilation.OptionsFor(source))
            .AddMetadataReferences(TestCompilation.References)
            .AddAnalyzerReference(new GeneratorReference())
            .AddDocument("GlobalUsings.cs", TestCompilation.GlobalUsings).Project;
        return project.AddDocument("Test.cs", source.ReplaceLineEndings("\n")).Project;
    }

    private static Document Document(Project project) => project.Documents.Single(document => document.Name == "Test.cs");

    private static async Task<string> TextAsync(Project project) => (await Document(project).GetTextAsync()).ToString();

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Project project, string id)
    {
        var found = await AnalyzerVerifier.AnalyzeAsync((await project.GetCompilationAsync())!, BuildProperties.Native);
        Assert.DoesNotContain(found, diagnostic => !diagnostic.Id.StartsWith("SLSAM", StringComparison.Ordinal));
        return [.. found.Where(diagnostic => diagnostic.Id == id).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private static async Task<List<CodeAction>> ActionsAsync(Project project, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        foreach (var provider in ProvidersFor(diagnostic.Id))
            await provider.RegisterCodeFixesAsync(
                new CodeFixContext(Document(project), diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    private static IEnumerable<CodeFixProvider> ProvidersFor(string id) =>
        CompilerParts.CodeFixes.Where(provider => provider.FixableDiagnosticIds.Contains(id));

    private static async Task<Project> ApplyAsync(Project project, CodeAction action)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!;
    }

    private static async Task<Project> FixAllAsync(Project project, string id, string? key)
    {
        var diagnostics = await DiagnosticsAsync(project, id);
        foreach (var provider in ProvidersFor(id))
        {
            var offered = new List<CodeAction>();
            await provider.RegisterCodeFixesAsync(
                new CodeFixContext(Document(project), diagnostics[0], (action, _) => offered.Add(action), CancellationToken.None));
            if (offered.Find(action => key is null || action.EquivalenceKey == key) is not { } chosen)
                continue;

            var context = new FixAllContext(
                Document(project), provider, FixAllScope.Document, chosen.EquivalenceKey, [id], new Provided(diagnostics),
                    CancellationToken.None);
            return await ApplyAsync(project, Assert.IsAssignableFrom<CodeAction>(await provider.GetFixAllProvider()!.GetFixAsync(context)));
        }

        throw new InvalidOperationException($"No provider offers a fix of {id}.");
    }

    private sealed class Provided(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(document.Name == "Test.cs" ? diagnostics : []);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
