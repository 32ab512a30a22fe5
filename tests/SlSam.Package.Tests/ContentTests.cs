using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using SlSam.Package.Tests.Workplace;

namespace SlSam.Package.Tests;

/// <summary>What is in the packages, and what is not.</summary>
[Collection(PackageFeedGroup.Name)]
public sealed class ContentTests(PackageFeed feed)
{
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Theory]
    [InlineData("SlSam", new[]
    {
        "LICENSE", "README.md", "SlSam.nuspec", "analyzers/dotnet/cs/SlSam.Analyzers.dll", "analyzers/dotnet/cs/SlSam.CodeFixes.dll",
        "analyzers/dotnet/cs/SlSam.Generators.dll", "buildTransitive/SlSam.targets", "icon.png", "lib/net8.0/SlSam.Runtime.dll",
        "lib/net8.0/SlSam.Runtime.xml",
    })]
    [InlineData("SlSam.LibTorch", new[]
    {
        "LICENSE", "README.md", "SlSam.LibTorch.nuspec", "buildTransitive/SlSam.LibTorch.targets", "icon.png", "lib/net8.0/TorchSharp.dll",
        "lib/net8.0/TorchSharp.xml", "native/compile.sh", "native/slsam.h", "native/slsam_autocast.cpp",
        "native/slsam_distributed.cpp", "native/slsam_torch.cpp",
    })]
    public void A_package_holds_these_files_and_no_other(string id, string[] files)
    {
        using var package = ZipFile.OpenRead(feed.Package(id));

        var names = package.Entries.Select(entry => entry.FullName).Where(name => !IsOfTheContainer(name));
        Assert.Equal(files, names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("SlSam")]
    [InlineData("SlSam.LibTorch")]
    public void A_package_says_what_it_is_and_depends_on_no_other(string id)
    {
        using var package = ZipFile.OpenRead(feed.Package(id));
        using var stream = package.GetEntry(id + ".nuspec")!.Open();
        var metadata = XElement.Load(stream).Elements().Single();
        string Field(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

        Assert.Equal(id, Field("id"));
        Assert.Equal("MIT", Field("license"));
        Assert.Equal("README.md", Field("readme"));
        Assert.Equal("icon.png", Field("icon"));
        Assert.NotEmpty(Field("description"));
        Assert.NotEmpty(Field("authors"));
        var group = metadata.Descendants().Single(element => element.Name.LocalName == "group");
        Assert.Equal("net8.0", group.Attribute("targetFramework")?.Value);
        Assert.DoesNotContain(metadata.Descendants(), element => element.Name.LocalName == "dependency");
    }

    [Fact]
    public void Compiler_parts_need_nothing_that_the_compiler_of_the_oldest_SDK_lacks()
    {
        using var package = ZipFile.OpenRead(feed.Package("SlSam"));
        foreach (var entry in package.Entries.Where(entry => entry.FullName.StartsWith("analyzers/", StringComparison.Ordinal)))
        {
            using var image = Load(entry);
            var metadata = image.GetMetadataReader();
            foreach (var reference in metadata.AssemblyReferences.Select(metadata.GetAssemblyReference))
            {
                var name = metadata.GetString(reference.Name);
                // The compiler of SDK 8.0.100 is 4.8, and brings version 7 of .NET's packages.
                var newest = name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) ? new Version(4, 8)
                    : name.StartsWith("SlSam.", StringComparison.Ordinal) ? new Version(Checkout.Version + ".0")
                    : name == "netstandard" ? new Version(2, 0, 0, 0) : new Version(7, 0, 0, 0);
                Assert.True(
                    reference.Version <= newest, $"{entry.Name} refers to {name} {reference.Version}, but may at most to {newest}.");
            }
        }
    }

    /// <summary>Stepping into the package works from any feed, with no symbol server and no source host.</summary>
    [Theory]
    [InlineData("SlSam", "lib/net8.0/SlSam.Runtime.dll")]
    [InlineData("SlSam", "analyzers/dotnet/cs/SlSam.Generators.dll")]
    [InlineData("SlSam", "analyzers/dotnet/cs/SlSam.Analyzers.dll")]
    [InlineData("SlSam", "analyzers/dotnet/cs/SlSam.CodeFixes.dll")]
    [InlineData("SlSam.LibTorch", "lib/net8.0/TorchSharp.dll")]
    public void An_assembly_carries_its_symbols_and_the_source_of_every_file(string id, string path)
    {
        using var package = ZipFile.OpenRead(feed.Package(id));
        using var image = Load(package.GetEntry(path)!);
        var entry = Assert.Single(image.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using var provider = image.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        var symbols = provider.GetMetadataReader();

        Assert.NotEmpty(symbols.Documents);
        foreach (var document in symbols.Documents)
        {
            var name = symbols.GetString(symbols.GetDocument(document).Name);
            Assert.Contains(symbols.GetCustomDebugInformation(document), information =>
                symbols.GetGuid(symbols.GetCustomDebugInformation(information).Kind) == s_embeddedSource);
            if (Checkout.Configuration == "Release")
                Assert.StartsWith("/_/src/", name);
        }
    }

    private static bool IsOfTheContainer(string name) =>
        name == "[Content_Types].xml" || name.Split('/')[0] is "_rels" or "package";

    private static PEReader Load(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return new PEReader(copy);
    }
}
