using System.Text.RegularExpressions;
using SlSam.Package.Tests.Workplace;

namespace SlSam.Package.Tests;

/// <summary>The first model in README.md: a whole program.</summary>
internal static partial class ReadmeModel
{
    public static string Source { get; } =
        FirstBlock().Match(File.ReadAllText(Checkout.File("README.md")).ReplaceLineEndings("\n")).Groups["code"].Value;

    [GeneratedRegex(@"^## A first model\n\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex FirstBlock();
}
