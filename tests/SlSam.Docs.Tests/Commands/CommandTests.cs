using System.Reflection;
using Gallery.Tests;
using MiniLM.Tests;
using SlSam.Compiler.Tests.Harness;

namespace SlSam.Docs.Tests.Commands;

/// <summary>What the pages tell a reader to type does what they say.</summary>
public sealed class CommandTests
{
    public static TheoryData<string> Lines => new(CommandTable.All.Where(entry => entry.Line is not null).Select(entry => entry.Line!).Distinct());

    [Fact]
    public void Every_command_of_the_pages_is_in_the_table_and_no_other()
    {
        var table = CommandTable.All.Select(entry => entry.Command).ToList();

        Assert.Empty(DocumentedCommands.All.Where(command => !table.Contains(command.Key)).Select(command => $"{command.Key}   ({string.Join(", ", command.Value)})"));
        Assert.Empty(table.Except(DocumentedCommands.All.Keys));
        Assert.Equal(table.Distinct(), table);
        Assert.All(CommandTable.All, entry => Assert.True(entry.Test is null || File.Exists(Path.Combine(Repository.Root, entry.Test)), entry.Test));
    }

    /// <summary>What is run instead of a command is the same program with, at least, the same options.</summary>
    [Fact]
    public void What_is_run_is_what_the_page_says_but_for_numbers_and_folders()
    {
        Assert.All(CommandTable.All.Where(entry => entry.Line is not null && !entry.Line.Contains("&&", StringComparison.Ordinal)), entry =>
        {
            var words = entry.Line!.Split(' ');
            Assert.Equal(entry.Command.Split(' ')[0], words[0]);
            Assert.Empty(entry.Command.Split(' ').Where(word => word.StartsWith("--", StringComparison.Ordinal)).Except(words));
        });
    }

    /// <summary>Commands that are shortened to the same line are run once.</summary>
    [SkippableTheory]
    [MemberData(nameof(Lines))]
    public void It_runs(string line)
    {
        var entries = CommandTable.All.Where(entry => entry.Line == line).ToList();
        SkipUnlessBuiltForRelease();
        Skip.If(entries.TrueForAll(entry => entry.IsLong) && Environment.GetEnvironmentVariable("SLSAM_ALL_COMMANDS") != "1",
            "It takes half a minute or more; SLSAM_ALL_COMMANDS=1 runs it.");
        foreach (var needs in entries.Select(entry => entry.Needs).OfType<string>().Distinct())
            Skip.IfNot(Shell.Succeeds(needs), $"It needs what '{needs}' looks for.");
        using var folder = new TemporaryFolder();
        Prepare(line, folder);

        // Runs that a user has interrupted lie in the user's own cache.
        var outcome = Shell.Run($"export SLSAM_CACHE=$OUT/cache; {line}", Repository.Root, folder.Path);

        Assert.All(entries, entry =>
        {
            Assert.True(entry.ExitCodes.Contains(outcome.ExitCode), $"{line} ended with {outcome.ExitCode}:\n{outcome.Output}");
            if (entry.Prints is { } text)
                Assert.Matches(text, outcome.Output);
            if (entry.Leaves is { } left)
                Assert.True(Path.Exists(Path.Combine(folder.Path, left)), $"{line} left no {left}:\n{outcome.Output}");
        });
    }

    internal static void SkipUnlessBuiltForRelease() => Skip.IfNot(
        typeof(CommandTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Configuration").Value == "Release",
        "build.sh runs what was built for release.");

    /// <summary>Puts files in OUT that a line reads.</summary>
    private static void Prepare(string line, TemporaryFolder folder)
    {
        if (line.Contains("$OUT/fashion", StringComparison.Ordinal))
            FashionFiles.Write(Directory.CreateDirectory(Path.Combine(folder.Path, "fashion")).FullName, images: 40);
        if (line.Contains("$OUT/my.bin", StringComparison.Ordinal))
        {
            SmallLlama.Write(Path.Combine(folder.Path, "my.bin"), seed: 3);
            folder.Write("lines.txt", string.Join('\n', Enumerable.Range(0, 90).Select(i => $"the story of {i} and the thing")));
        }
    }
}
