using System.Diagnostics;
using System.IO.Compression;
using SlSam.Package.Tests.Workplace;

namespace SlSam.Package.Tests;

/// <summary>The same sources give the same assemblies, wherever they lie.</summary>
[Collection(PackageFeedGroup.Name)]
public sealed class DeterminismTests(PackageFeed feed)
{
    [SkippableFact]
    public void A_copy_of_the_sources_in_another_folder_builds_the_same_assemblies()
    {
        Skip.IfNot(Checkout.Configuration == "Release", "A debug build names the files of its checkout, for breakpoints.");
        using var copy = new TemporaryFolder();
        CopySources(copy);
        CommandLine.DotNet(copy.Path, "build", copy.Combine("src", "SlSam"), "-c", "Release", "-v", "quiet",
            $"-p:SourceRevisionId={RevisionOf("SlSam.Runtime")}", $"-p:TorchProvider={Checkout.TorchProvider}").MustSucceed();

        using var package = ZipFile.OpenRead(feed.Package("SlSam"));
        var assemblies = package.Entries.Where(entry => entry.FullName.EndsWith(".dll", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, assemblies.Count);
        foreach (var assembly in assemblies)
        {
            var project = Path.GetFileNameWithoutExtension(assembly.Name);
            var framework = project == "SlSam.Runtime" ? "net8.0" : "netstandard2.0";
            using var packed = assembly.Open();
            using var bytes = new MemoryStream();
            packed.CopyTo(bytes);
            var rebuilt = File.ReadAllBytes(copy.Combine("src", project, "bin", "Release", framework, assembly.Name));
            Assert.True(rebuilt.AsSpan().SequenceEqual(bytes.ToArray()), $"{assembly.Name} differs.");
        }
    }

    private static void CopySources(TemporaryFolder copy)
    {
        var atRoot = Directory.EnumerateFiles(Checkout.Root)
            .Where(file => Path.GetExtension(file) is ".props" or ".targets" or ".json" or ".md" or ".editorconfig" or "");
        var inSource = Directory.EnumerateFiles(Checkout.File("src"), "*", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Checkout.Root, file).Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any());
        foreach (var file in atRoot.Concat(inSource))
        {
            var target = copy.Combine(Path.GetRelativePath(Checkout.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>The commit that an assembly says it was built from; a copy without history cannot know it.</summary>
    private static string RevisionOf(string project)
    {
        var path = Checkout.File("src", project, "bin", Checkout.Configuration, "net8.0", project + ".dll");
        var version = FileVersionInfo.GetVersionInfo(path).ProductVersion!;
        return version[(version.IndexOf('+') + 1)..];
    }
}
