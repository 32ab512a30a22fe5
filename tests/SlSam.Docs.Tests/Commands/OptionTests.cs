using System.Text.RegularExpressions;
using SlSam.Compiler.Tests.Harness;
using SlSam.Docs.Tests.Markdown;

namespace SlSam.Docs.Tests.Commands;

/// <summary>Options that pages name by themselves; those in commands are tried by running them.</summary>
public class OptionTests
{
    private static readonly string[] s_help =
        ["demo", "sample images", "sample stories", "sample adapters", "sample sparse", "sample parallel", "experiment", "bench"];

    /// <summary>dotnet format's.</summary>
    private static readonly string[] s_foreign = ["--severity"];

    [SkippableFact]
    public void Every_option_that_a_page_names_is_in_the_help_of_a_command()
    {
        CommandTests.SkipUnlessBuiltForRelease();
        var named = MarkdownPage.All(Repository.Root).SelectMany(page => page.InlineCode).Where(code => code.StartsWith("--", StringComparison.Ordinal))
            .Select(code => code.Split(' ')[0]).Except(s_foreign).ToList();

        var help = Shell.Run(string.Join(" && ", s_help.Select(command => $"./build.sh {command} --help")), Repository.Root);

        Assert.True(help.ExitCode == 0, help.Output);
        Assert.NotEmpty(named);
        Assert.Empty(named.Except(Regex.Matches(help.Output, @"--[\w-]+").Select(match => match.Value)));
    }
}
