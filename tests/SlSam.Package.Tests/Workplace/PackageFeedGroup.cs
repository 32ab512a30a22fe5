namespace SlSam.Package.Tests.Workplace;

/// <summary>Tests that share a feed, and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PackageFeedGroup : ICollectionFixture<PackageFeed>
{
    public const string Name = "Package feed";
}
