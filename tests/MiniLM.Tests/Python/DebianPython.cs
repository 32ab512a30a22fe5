using System.Diagnostics;

namespace MiniLM.Tests.Python;

/// <summary>Runs the scripts beside this file, with which an independent implementation in Python checks this one.</summary>
internal static class DebianPython
{
    private const string Interpreter = "/usr/bin/python3";

    /// <summary>
    /// What a script prints. The test is skipped where the interpreter, or a module that the script needs, is not installed.
    /// </summary>
    internal static string Run(string script, string? module, params string[] arguments)
    {
        Skip.IfNot(File.Exists(Interpreter), $"{Interpreter} is not installed.");
        bool hasModule = module is null || Start(["-c", $"import {module}"]).ExitCode == 0;
        Skip.IfNot(hasModule, $"{Interpreter} has no module '{module}' (Debian: python3-{module}).");
        var (exitCode, output, error) = Start([Path.Combine(AppContext.BaseDirectory, "Python", script), .. arguments]);
        Assert.True(exitCode == 0, $"{script} ended with {exitCode}: {error}");
        return output;
    }

    private static (int ExitCode, string Output, string Error) Start(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Interpreter, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
