using System.Text.RegularExpressions;

namespace SlSam.Compiler.Tests.Harness;

/// <summary>A rule's page in docs/rules, taken apart at its headings.</summary>
internal sealed partial class RulePage
{
    private RulePage(string title, IReadOnlyList<(string Heading, string Text)> sections)
    {
        Title = title;
        Sections = sections;
    }

    public string Title { get; }

    public IReadOnlyList<(string Heading, string Text)> Sections { get; }

    public static RulePage Read(string id)
    {
        var parts = Headings().Split(File.ReadAllText(Path.Combine(Repository.RulePages, id + ".md")).ReplaceLineEndings("\n"));
        var sections = new List<(string, string)>();
        for (var i = 1; i + 1 < parts.Length; i += 2)
            sections.Add((parts[i], parts[i + 1].Trim()));
        return new RulePage(parts[0].Trim(), sections);
    }

    /// <summary>
    /// The code under a heading, as a source that compiles: statements are put where a model and its optimizer are at hand.
    /// </summary>
    public string Source(string heading)
    {
        var code = Assert.Single(CodeBlocks().Matches(Sections.Single(section => section.Heading == heading).Text)).Groups["code"].Value;
        return code.Contains("[SamModel", StringComparison.Ordinal) ? code : Surroundings.Replace("/*code*/", code);
    }

    private const string Surroundings = """
        [SamModel]
        public sealed partial class Classifier : Module<Tensor, Tensor>
        {
            [SamLayer] private readonly Linear fc = Linear(4, 2);

            public Classifier() : base(nameof(Classifier)) => RegisterComponents();

            public override Tensor forward(Tensor input) => fc.call(input);
        }

        public static class Training
        {
            public static void Run(Classifier model, ClassifierSlSam optimizer, Tensor x, Tensor y, Device device)
            {
                /*code*/
            }
        }
        """;

    [GeneratedRegex(@"^## (.+)\n", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlocks();
}
