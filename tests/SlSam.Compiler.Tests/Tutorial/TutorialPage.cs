using System.Text.RegularExpressions;
using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Tutorial;

/// <summary>What a line of docs/first-model.md claims.</summary>
/// <param name="Shown">Where on the page.</param>
internal abstract record TutorialStep(Group Shown)
{
    /// <summary>A file of the project is now this; after a fix, this is what the fix makes of it.</summary>
    public sealed record Code(string File, Group Shown) : TutorialStep(Shown);

    /// <summary>The compiler says this of the project, and nothing else.</summary>
    public sealed record Messages(Group Shown) : TutorialStep(Shown);

    /// <summary>A fix of this title is offered and applied.</summary>
    public sealed record Fix(Group Shown) : TutorialStep(Shown);
}

/// <summary>docs/first-model.md, taken apart.</summary>
internal static partial class TutorialPage
{
    public static string Path { get; } = System.IO.Path.Combine(Repository.Root, "docs", "first-model.md");

    private static readonly string s_text = File.ReadAllText(Path).ReplaceLineEndings("\n");

    public static IEnumerable<TutorialStep> Steps => Parts().Matches(s_text).Select<Match, TutorialStep>(part =>
        part.Groups["code"].Success ? new TutorialStep.Code(part.Groups["file"].Value, part.Groups["code"])
        : part.Groups["messages"].Success ? new TutorialStep.Messages(part.Groups["messages"])
        : new TutorialStep.Fix(part.Groups["title"]));

    /// <summary>The global usings that the page puts into the project file.</summary>
    public static string GlobalUsings => string.Concat(Usings().Matches(s_text).Select(match =>
        $"global using {(match.Groups["static"].Success ? "static " : "")}{match.Groups["name"].Value};\n"));

    /// <summary>Puts other texts in the places of what the page shows.</summary>
    public static void Update(IEnumerable<(Group Shown, string Actual)> replacements)
    {
        var text = s_text;
        foreach (var (shown, actual) in replacements.OrderByDescending(replacement => replacement.Shown.Index))
            text = text.Remove(shown.Index, shown.Length).Insert(shown.Index, actual);
        File.WriteAllText(Path, text);
    }

    [GeneratedRegex(
        @"^`(?<file>\w+\.cs)`:\n\n```csharp\n(?<code>.*?)^```$|^```text\n(?<messages>.*?)^```$|\*\*(?<title>[^*]+)\*\*",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Parts();

    [GeneratedRegex("""<Using Include="(?<name>[\w.]+)"(?<static> Static="true")? />""")]
    private static partial Regex Usings();
}
