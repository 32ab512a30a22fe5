using System.Runtime.CompilerServices;

namespace SlSam.Compiler.Tests.Generator;

/// <summary>
/// The sources in Constructs, each a way to write models, and the snapshots of what is generated for them. Set SLSAM_ACCEPT_SNAPSHOTS=1
/// to write the snapshots anew, and read the difference before committing it.
/// </summary>
internal static class Construct
{
    private const string Extension = ".cs.txt";
    private const string FileMark = "// ---- file\n";

    private static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Generator");

    public static IEnumerable<string> All()
        => Directory.EnumerateFiles(Path.Combine(Folder, "Constructs"))
            .Select(path => Path.GetFileName(path)[..^Extension.Length])
            .Order(StringComparer.Ordinal);

    /// <summary>The files that a construct consists of.</summary>
    public static string[] Sources(string name) => Read("Constructs", name).Split(FileMark);

    /// <summary>Compares with the snapshot to the last character.</summary>
    public static void AssertSnapshot(string name, GeneratorRun run)
    {
        var actual = string.Join("\n", run.Files.Select(file => $"// ---- {file.HintName}\n{file.SourceText}"));
        if (Environment.GetEnvironmentVariable("SLSAM_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(Path.Combine(SourceFolder(), "Snapshots", name + Extension), actual);
        else
            Assert.Equal(Read("Snapshots", name), actual);
    }

    private static string Read(string folder, string name) => File.ReadAllText(Path.Combine(Folder, folder, name + Extension));

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
