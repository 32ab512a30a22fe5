using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SlSam.Package.Tests.Workplace;

namespace SlSam.Package.Tests;

/// <summary>Where docs/first-model.md ends. What leads there is checked with the compiler parts.</summary>
[Collection(PackageFeedGroup.Name)]
public sealed partial class TutorialTests(PackageFeed feed)
{
    [Fact]
    public void The_program_at_the_end_of_the_page_builds_without_a_warning_and_prints_what_the_page_says()
    {
        var page = File.ReadAllText(Checkout.File("docs", "first-model.md")).ReplaceLineEndings("\n");
        var project = feed.NewProject("Rings", withTorchSharp: true);
        project.AddItems(XElement.Parse(UsingItems().Match(page).Groups["items"].Value));
        foreach (var file in Files().Matches(page).GroupBy(match => match.Groups["name"].Value, match => match.Groups["code"].Value))
            project.Write(file.Key, file.Last());

        project.Build("-warnaserror").MustSucceed();
        var printed = project.Run().MustSucceed().Output.TrimEnd().Split('\n');

        // Rounding differs between builds of libtorch, and more with every step; the drawn layers of the first step do not.
        var shown = Consoles().Matches(page)[^1].Groups["text"].Value.TrimEnd().Split('\n');
        Assert.Equal(shown.Length, printed.Length);
        Assert.Equal(shown[0], printed[0]);
        Assert.InRange(Number(shown[^1]), 250, 256);
        Assert.InRange(Number(printed[^1]), 250, 256);
    }

    private static int Number(string line) =>
        int.Parse(Regex.Match(line, @"^right: (\d+) of 256$").Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"```xml\n(?<items><ItemGroup>.*?)```", RegexOptions.Singleline)]
    private static partial Regex UsingItems();

    [GeneratedRegex(@"^`(?<name>\w+\.cs)`:\n\n```csharp\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Files();

    [GeneratedRegex(@"^```console\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Consoles();
}
