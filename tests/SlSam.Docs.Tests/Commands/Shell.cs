using System.Diagnostics;
using SlSam.Compiler.Tests.Harness;

namespace SlSam.Docs.Tests.Commands;

/// <summary>What a line left behind.</summary>
internal sealed record Outcome(int ExitCode, string Output);

/// <summary>Runs lines as a reader at a terminal does.</summary>
internal static class Shell
{
    /// <summary>Runs a line in a folder, with a folder OUT for what it writes.</summary>
    public static Outcome Run(string line, string folder, string? output = null)
    {
        var start = new ProcessStartInfo("bash", ["-c", line])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test runner sets for itself would make another build of this one.
        foreach (var name in start.Environment.Keys.Where(IsOfTheTestRunner).ToList())
            start.Environment.Remove(name);
        start.Environment["SLSAM_BUILT"] = "1";
        start.Environment["OUT"] = output;
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        // A build node that lives on would keep the output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, printed + errors.Result);
    }

    /// <summary>Whether a line succeeds in the root of the repository.</summary>
    public static bool Succeeds(string line) => Run(line, Repository.Root).ExitCode == 0;

    private static bool IsOfTheTestRunner(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase);
}
