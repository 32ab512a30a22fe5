using System.Xml.Linq;

namespace SlSam.Package.Tests.Workplace;

/// <summary>A user's machine: a feed with the packages of this checkout, and a project that a first model can be written in.</summary>
public sealed class PackageFeed : IDisposable
{
    // No other package of this name can have it, in no cache and on no feed.
    private static readonly string s_version = Checkout.Version + "-check";

    private static readonly string s_machinePackages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<UserProject> _project;

    public PackageFeed()
    {
        Directory.CreateDirectory(_folder.Combine("feed"));
        WriteNuGetConfig();
        foreach (var project in new[] { "SlSam", "SlSam.LibTorch", "SlSam.Reporting" })
        {
            CommandLine.DotNet(Checkout.Root, "pack", Checkout.File("src", project), "--no-build", "-c", Checkout.Configuration,
                $"-p:PackageVersion={s_version}", "-o", _folder.Combine("feed")).MustSucceed();
        }

        _project = new(() => NewProject("FirstModel", withTorchSharp: true));
    }

    /// <summary>A console project outside the checkout with SlSam and TorchSharp's API; tests share it, and write its files anew.</summary>
    internal UserProject Project => _project.Value;

    public void Dispose() => _folder.Dispose();

    internal string Package(string id) => _folder.Combine("feed", $"{id}.{s_version}.nupkg");

    internal UserProject NewProject(string name, bool withTorchSharp)
    {
        var project = new UserProject(_folder.Combine(name));
        project.Reference("SlSam", s_version);
        if (withTorchSharp && Checkout.TorchProvider == "LibTorch")
            project.Reference("SlSam.LibTorch", s_version);
        else if (withTorchSharp)
            project.Reference(Checkout.TorchProvider, "0.107.0");
        project.Restore();
        return project;
    }

    private void WriteNuGetConfig()
    {
        // The provider of this checkout needs no other feed; TorchSharp's packages come from those of the machine.
        var sources = new XElement("packageSources",
            Checkout.TorchProvider == "LibTorch" ? new XElement("clear") : null,
            Add("checkout", _folder.Combine("feed")));
        var fallback = Directory.Exists(s_machinePackages)
            ? new XElement("fallbackPackageFolders", Add("machine", s_machinePackages))
            : null;
        new XElement("configuration",
            new XElement("config", Add("globalPackagesFolder", _folder.Combine("packages"))),
            fallback,
            sources).Save(_folder.Combine("NuGet.config"));
    }

    private static XElement Add(string key, string value) => new("add", new XAttribute("key", key), new XAttribute("value", value));
}
