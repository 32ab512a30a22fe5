using System.Reflection;

namespace SlSam.Package.Tests.Workplace;

/// <summary>The checkout that the tests run from, and how it was built.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    public static string TorchProvider { get; } = Metadata("TorchProvider");

    public static string Configuration { get; } = Metadata("Configuration");

    public static string Version { get; } = Metadata("Version");

    public static string File(params string[] path) => Path.Combine([Root, .. path]);

    private static string Metadata(string key) =>
        typeof(Checkout).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "SlSam.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds SlSam.sln.");
    }
}
