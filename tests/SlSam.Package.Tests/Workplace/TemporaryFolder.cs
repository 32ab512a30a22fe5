namespace SlSam.Package.Tests.Workplace;

/// <summary>A folder outside the checkout, gone with the tests.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("slsam-package-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public string Combine(params string[] path) => System.IO.Path.Combine([Path, .. path]);
}
