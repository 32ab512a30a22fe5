using SlSam.Package.Tests.Workplace;

namespace SlSam.Package.Tests;

/// <summary>A user who adds SlSam and no TorchSharp.</summary>
[Collection(PackageFeedGroup.Name)]
public sealed class NoProviderTests(PackageFeed feed)
{
    [Fact]
    public void The_build_says_what_to_add_and_nothing_else()
    {
        var project = feed.NewProject("NoProvider", withTorchSharp: false);
        project.Write("Program.cs", ReadmeModel.Source);

        var complaint = Assert.Single(project.Build().MustFail().Complaints);

        Assert.Contains(": error SLSAM1001: ", complaint);
        var message = complaint[complaint.IndexOf("error SLSAM1001", StringComparison.Ordinal)..];
        Assert.Contains(message + "\n", File.ReadAllText(Checkout.File("docs", "first-model.md")).ReplaceLineEndings("\n"));
    }
}
