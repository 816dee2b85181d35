namespace Lamina.EndToEnd.Tests.Package;

/// <summary>The tests that share the packed feed, one after the other: each keeps all processors busy.</summary>
[CollectionDefinition(Name)]
public sealed class PackageGroup : ICollectionFixture<PackageFeed>
{
    public const string Name = "Package";
}
