using SlSam.Compiler.Tests.Harness;
using SlSam.Package.Tests.Workplace;

namespace SlSam.Docs.Tests.Commands;

/// <summary>Runs lines as a reader at a terminal does.</summary>
internal static class Shell
{
    /// <summary>Runs a line in a folder, with a folder OUT for what it writes.</summary>
    public static Outcome Run(string line, string folder, string? output = null) =>
        CommandLine.Run(folder, "bash", ["-c", line], ("SLSAM_BUILT", "1"), ("OUT", output));

    /// <summary>Whether a line succeeds in the root of the repository.</summary>
    public static bool Succeeds(string line) => Run(line, Repository.Root).ExitCode == 0;
}
