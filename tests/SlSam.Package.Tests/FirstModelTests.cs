using System.Globalization;
using System.Text.RegularExpressions;
using SlSam.Package.Tests.Workplace;

namespace SlSam.Package.Tests;

/// <summary>A user who pastes the first model of README.md into an empty project, and makes mistakes.</summary>
[Collection(PackageFeedGroup.Name)]
public sealed partial class FirstModelTests(PackageFeed feed)
{
    [Fact]
    public void The_first_model_builds_without_a_warning_and_trains()
    {
        var project = feed.Project;
        project.Write("Program.cs", ReadmeModel.Source);
        project.Build("-warnaserror").MustSucceed();

        var steps = Report().Matches(project.Run().MustSucceed().Output);

        Assert.Equal(["0", "50", "100", "150"], steps.Select(step => step.Groups["step"].Value));
        Assert.Equal(ReadmeModel.Output.Select(Active), steps.Select(step => Active(step.Value)));
        var losses = steps.Select(step => double.Parse(step.Groups["loss"].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.True(losses[^1] < 0.1 * losses[0], $"The loss went from {losses[0]} to {losses[^1]}.");
        Assert.All(steps, step => Assert.All(step.Groups["arm"].Captures, arm =>
            Assert.Contains(arm.Value, new[] { "stem", "blocks[0]", "blocks[1]", "blocks[2]", "head" })));
    }

    [Fact]
    public void A_build_shows_each_mistake_with_its_page_and_the_fixes_of_the_package_mend_them()
    {
        const string Mended = """
            using SlSam;
            using TorchSharp;
            using TorchSharp.Modules;
            using static TorchSharp.torch;

            Console.WriteLine(new Classifier().parameters().Count());

            [SamModel]
            public sealed partial class Classifier : nn.Module<Tensor, Tensor>
            {
                [SamLayer] private readonly Encoder encoder = new(depth: 2);
                [SamLayer] private readonly Linear head = nn.Linear(4, 2);

                public Classifier()
                    : base(nameof(Classifier))
                {
                    RegisterComponents();
                }

                public override Tensor forward(Tensor input) => head.call(encoder.call(input));
            }

            [SamModel]
            public sealed partial class Encoder : nn.Module<Tensor, Tensor>
            {
                private readonly ModuleList<Linear> blocks = new();
                [SamLayer] private readonly LayerNorm norm = nn.LayerNorm(4);

                public Encoder(int depth)
                    : base(nameof(Encoder))
                {
                    for (var index = 0; index < depth; index++)
                        blocks.Add(nn.Linear(4, 4));
                    RegisterComponents();
                }

                public override Tensor forward(Tensor input) =>
                    norm.call(blocks.Aggregate(input, (hidden, block) => block.call(hidden)));
            }

            """;
        var broken = Mended
            .Replace("sealed partial class Classifier", "sealed class Classifier")
            .Replace("    {\n        RegisterComponents();\n    }", "    {\n    }")
            .Replace("ModuleList<Linear>", "List<Linear>");
        var project = feed.Project;
        project.Write("Program.cs", broken);

        var complaints = project.Build().MustFail().Complaints;

        Assert.Equal(["SLSAM001", "SLSAM022", "SLSAM023"], complaints.Select(line => Id().Match(line).Value).Order());
        Assert.All(complaints, line => Assert.EndsWith($"/docs/rules/{Id().Match(line).Value}.md)", line));

        project.Fix("SLSAM001", "SLSAM022", "SLSAM023").MustSucceed();

        Assert.Equal(Mended, project.Read("Program.cs"));
        Assert.Equal("SLSAM010", Id().Match(Assert.Single(project.Build().MustSucceed().Complaints)).Value);
        Assert.Equal("8", project.Run().MustSucceed().Output.Trim());
    }

    /// <summary>The end of a line that other roundings do not change.</summary>
    private static string Active(string line) => line[line.IndexOf("active", StringComparison.Ordinal)..];

    [GeneratedRegex(@"^step (?<step>\d+): loss (?<loss>[\d.]+), active (?:(?<arm>\S+) ?)+$", RegexOptions.Multiline)]
    private static partial Regex Report();

    [GeneratedRegex(@"SLSAM\d+")]
    private static partial Regex Id();
}
