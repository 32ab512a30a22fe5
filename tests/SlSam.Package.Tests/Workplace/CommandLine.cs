using System.Diagnostics;

namespace SlSam.Package.Tests.Workplace;

/// <summary>What a command left behind.</summary>
/// <param name="Command">The command.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote, errors last.</param>
internal sealed record Outcome(string Command, int ExitCode, string Output)
{
    public Outcome MustSucceed()
    {
        Assert.True(ExitCode == 0, $"{Command} ended with {ExitCode}:\n{Output}");
        return this;
    }

    public Outcome MustFail()
    {
        Assert.True(ExitCode != 0, $"{Command} did not fail:\n{Output}");
        return this;
    }

    /// <summary>The errors and warnings of a build, each once, without the project at their end.</summary>
    public IReadOnlyList<string> Complaints =>
        [.. Output.Split('\n').Where(line => new[] { ": error ", ": warning " }.Any(line.Contains))
            .Select(line => line[..(line.LastIndexOf(" [", StringComparison.Ordinal) is > 0 and var end ? end : line.Length)].Trim())
            .Distinct()];
}

/// <summary>Runs commands as a user at a terminal would.</summary>
internal static class CommandLine
{
    /// <summary>Runs the .NET SDK that runs the tests.</summary>
    public static Outcome DotNet(string folder, params string[] arguments) =>
        Run(folder, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments);

    public static Outcome Run(string folder, string program, params string[] arguments) => Run(folder, program, arguments, []);

    /// <param name="variables">Environment variables that it is told beside.</param>
    public static Outcome Run(string folder, string program, string[] arguments, params (string Name, string? Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test runner sets for itself would make another build of this one.
        foreach (var name in start.Environment.Keys.Where(IsOfTheTestRunner).ToList())
            start.Environment.Remove(name);
        start.Environment["NUGET_PACKAGES"] = null;
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        // A build node that lives on would keep the output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";

        foreach (var (name, value) in variables)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome($"{program} {string.Join(' ', arguments)}", process.ExitCode, output + errors.Result);
    }

    private static bool IsOfTheTestRunner(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase);
}
