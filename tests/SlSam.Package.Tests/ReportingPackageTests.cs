using System.IO.Compression;
using System.Xml.Linq;
using SlSam.Package.Tests.Workplace;

namespace SlSam.Package.Tests;

/// <summary>The package of what shows a run, which depends on the one that trains.</summary>
[Collection(PackageFeedGroup.Name)]
public sealed class ReportingPackageTests(PackageFeed feed)
{
    [Fact]
    public void It_holds_one_assembly_and_the_licence_of_what_is_inlined()
    {
        using var package = ZipFile.OpenRead(feed.Package("SlSam.Reporting"));
        var names = package.Entries.Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml")
            .Where(name => name != "licences/uPlot/LICENSE");
        Assert.Equal(
            ["LICENSE", "README.md", "SlSam.Reporting.nuspec", "icon.png", "lib/net8.0/SlSam.Reporting.dll", "lib/net8.0/SlSam.Reporting.xml"],
            names.Order(StringComparer.Ordinal));
        Assert.Equal(Directory.Exists(Checkout.File("artifacts", "npm")), package.GetEntry("licences/uPlot/LICENSE") is not null);
    }

    [Fact]
    public void It_brings_the_runtime_with_the_package_that_users_know()
    {
        using var package = ZipFile.OpenRead(feed.Package("SlSam.Reporting"));
        using var stream = package.GetEntry("SlSam.Reporting.nuspec")!.Open();
        var dependencies = XElement.Load(stream).Descendants().Where(element => element.Name.LocalName == "dependency")
            .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value);
        Assert.Equal(["Google.Protobuf", "Microsoft.Extensions.Logging.Abstractions", "SlSam"], dependencies.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Checkout.Version + "-check", dependencies["SlSam"]);
    }
}
