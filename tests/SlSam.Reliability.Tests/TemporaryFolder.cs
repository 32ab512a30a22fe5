namespace SlSam.Reliability.Tests;

/// <summary>A folder that goes away, in main memory where the system has a place for it there: what is tested is not the disk.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    public TemporaryFolder()
    {
        Path = Directory.Exists(Memory)
            ? Directory.CreateDirectory(System.IO.Path.Combine(Memory, $"slsam-{Guid.NewGuid():N}")).FullName
            : Directory.CreateTempSubdirectory("slsam-").FullName;
    }

    public string Path { get; }

    public string PathTo(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
