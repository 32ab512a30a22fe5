using System.Text.RegularExpressions;
using SlSam.Package.Tests.Workplace;

namespace SlSam.Package.Tests;

/// <summary>The first model in README.md: a whole program, and what it prints.</summary>
internal static partial class ReadmeModel
{
    private static readonly Match s_section = Section().Match(File.ReadAllText(Checkout.File("README.md")).ReplaceLineEndings("\n"));

    public static string Source { get; } = s_section.Groups["code"].Value;

    public static IReadOnlyList<string> Output { get; } = s_section.Groups["output"].Value.TrimEnd().Split('\n');

    [GeneratedRegex(@"^## A first model\n\n```csharp\n(?<code>.*?)```.*?```text\n(?<output>.*?)```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Section();
}
