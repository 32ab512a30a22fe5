using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MiniLM.Tests;
using SlSam.Compiler.Tests.Harness;
using SlSam.Docs.Tests.Markdown;

namespace SlSam.Docs.Tests.Commands;

/// <summary>The commands of README.md and docs/first-model.md that make a project outside of the repository, typed one after the other.</summary>
public sealed partial class FirstModelTests
{
    private static readonly MarkdownPage s_page = MarkdownPage.Read(Repository.Root, "docs/first-model.md");

    /// <summary>Losses are rounded otherwise by other builds of libtorch; the layers drawn are the same.</summary>
    [SkippableFact]
    public void The_first_program_is_made_and_prints_what_the_page_says()
    {
        SkipWherePackagesAreDownloaded();
        using var folder = new TemporaryFolder();
        var shown = MarkdownPage.Read(Repository.Root, "README.md").Blocks.Single(block => block.Language == "text").Text.TrimEnd().Split('\n');

        Type("NUGET_PACKAGES=$OUT/nuget ./build.sh new $OUT/First", Repository.Root, folder);
        var printed = Type("NUGET_PACKAGES=$OUT/nuget dotnet run --project $OUT/First", folder.Path, folder).TrimEnd().Split('\n');

        Assert.Equal(shown.Select(line => Loss().Replace(line, "")), printed.Select(line => Loss().Replace(line, "")));
    }

    [SkippableFact]
    public void The_commands_of_the_page_lead_from_nothing_to_a_project_that_builds()
    {
        SkipWherePackagesAreDownloaded();
        using var folder = new TemporaryFolder();
        void Type(string line, string where) => FirstModelTests.Type(line, where, folder);
        var project = Path.Combine(folder.Path, "Rings");
        Type("NUGET_PACKAGES=$OUT/nuget ./build.sh pack $OUT/artifacts/packages", Repository.Root);
        WriteNuGetConfig(folder);

        // The block goes into the new folder and ends with a build, which fails as the page says.
        var block = s_page.Blocks.First(each => each.Language == "sh").Text;
        var built = Shell.Run(string.Join(" && ", block.TrimEnd().Split('\n')), folder.Path);
        Assert.NotEqual(0, built.ExitCode);
        Assert.Contains(s_page.Blocks.First(each => each.Language == "console").Text.TrimEnd(), built.Output, StringComparison.Ordinal);

        Type("dotnet add package SlSam.LibTorch", project);
        Type("dotnet build", project);

        AddUsings(Path.Combine(project, "Rings.csproj"));
        folder.Write("Rings/Classifier.cs", s_page.Blocks.First(each => each.Language == "csharp").Text);
        Type("dotnet format analyzers --diagnostics SLSAM001", project);
        Assert.Contains("public sealed partial class Classifier", File.ReadAllText(Path.Combine(project, "Classifier.cs")), StringComparison.Ordinal);
    }

    /// <summary>The lines that the page puts into the project file.</summary>
    private static void AddUsings(string file)
    {
        var project = XElement.Load(file);
        project.Add(XElement.Parse(s_page.Blocks.Last(block => block.Language == "xml").Text));
        project.Save(file);
    }

    /// <summary>The file of the page, without the feeds and the packages of this machine.</summary>
    private static void WriteNuGetConfig(TemporaryFolder folder)
    {
        var configuration = XElement.Parse(s_page.Blocks.First(block => block.Language == "xml").Text);
        var sources = configuration.Element("packageSources")!;
        var source = Assert.Single(sources.Elements("add")).Attribute("value")!;
        source.Value = source.Value.Replace("path/of/the/repository", folder.Path, StringComparison.Ordinal);
        sources.AddFirst(new XElement("clear"));
        configuration.AddFirst(new XElement("config", new XElement("add",
            new XAttribute("key", "globalPackagesFolder"), new XAttribute("value", Path.Combine(folder.Path, "nuget")))));
        folder.Write("NuGet.config", configuration.ToString());
    }

    private static void SkipWherePackagesAreDownloaded()
    {
        CommandTests.SkipUnlessBuiltForRelease();
        Skip.IfNot(Metadata("TorchProvider") == "LibTorch", "The package of the chosen provider is downloaded, which not every feed has.");
    }

    /// <summary>What a command prints, which must succeed.</summary>
    private static string Type(string line, string where, TemporaryFolder folder)
    {
        var outcome = Shell.Run(line, where, folder.Path);
        Skip.If(outcome.Output.Contains("NU1301", StringComparison.Ordinal), "The package feed, which has the reference assemblies of .NET 8, cannot be reached.");
        Assert.True(outcome.ExitCode == 0, $"{line} ended with {outcome.ExitCode}:\n{outcome.Output}");
        return outcome.Output;
    }

    private static string Metadata(string key) =>
        typeof(FirstModelTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    [GeneratedRegex(@"loss \d\.\d+,")]
    private static partial Regex Loss();
}
