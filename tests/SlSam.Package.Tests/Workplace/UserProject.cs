using System.Xml.Linq;

namespace SlSam.Package.Tests.Workplace;

/// <summary>A project that <c>dotnet new console</c> made.</summary>
internal sealed class UserProject
{
    private readonly string _folder;
    private readonly string _file;

    public UserProject(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        _file = Path.Combine(folder, Path.GetFileName(folder) + ".csproj");
        CommandLine.DotNet(_folder, "new", "console", "--no-restore").MustSucceed();
    }

    public void Reference(string package, string version) => AddItems(new XElement("ItemGroup",
        new XElement("PackageReference", new XAttribute("Include", package), new XAttribute("Version", version))));

    /// <summary>Adds an ItemGroup to the project file.</summary>
    public void AddItems(XElement group)
    {
        var project = XElement.Load(_file);
        project.Add(group);
        project.Save(_file);
    }

    public void Restore() => CommandLine.DotNet(_folder, "restore").MustSucceed();

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    public string Read(string file) => File.ReadAllText(Path.Combine(_folder, file)).ReplaceLineEndings("\n");

    public Outcome Build(params string[] options) => CommandLine.DotNet(_folder, ["build", "--no-restore", "-v", "quiet", .. options]);

    /// <summary>Runs what was built.</summary>
    public Outcome Run() => CommandLine.DotNet(_folder, "run", "--no-build");

    /// <summary>Applies the package's fixes of these diagnostics.</summary>
    public Outcome Fix(params string[] ids) =>
        CommandLine.DotNet(_folder, ["format", "analyzers", "--no-restore", "--diagnostics", .. ids]);
}
