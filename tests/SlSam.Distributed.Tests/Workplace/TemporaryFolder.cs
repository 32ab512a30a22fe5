namespace SlSam.Distributed.Tests.Workplace;

/// <summary>A folder that ends with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("slsam-workers").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
