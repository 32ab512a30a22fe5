namespace SlSam.Docs.Tests.Commands;

/// <summary>A command of the pages, and how it is run by a test.</summary>
/// <param name="Command">The command, as the pages have it.</param>
internal sealed record CommandEntry(string Command)
{
    /// <summary>The line that is run; OUT is a folder for what it writes. Null for a command that is not run here.</summary>
    public string? Line { get; init; }

    /// <summary>What it must print.</summary>
    public string? Prints { get; init; }

    /// <summary>What must lie in OUT afterwards.</summary>
    public string? Leaves { get; init; }

    /// <summary>What it ends with: 0, but for a measurement whose bars are for other sizes.</summary>
    public int[] ExitCodes { get; init; } = [0];

    /// <summary>A line that succeeds where the command can be run.</summary>
    public string? Needs { get; init; }

    /// <summary>It takes half a minute or more, and is run where SLSAM_ALL_COMMANDS is 1.</summary>
    public bool IsLong { get; init; }

    /// <summary>The file of the test that runs it, from the root of the repository.</summary>
    public string? Test { get; init; }

    /// <summary>Why no test can run it here.</summary>
    public string? Because { get; init; }

    public override string ToString() => Command;
}
