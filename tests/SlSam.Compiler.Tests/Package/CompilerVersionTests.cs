using System.Diagnostics;
using System.Text.RegularExpressions;
using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Package;

/// <summary>What the package's targets say to a build whose compiler cannot load the generator.</summary>
public sealed class CompilerVersionTests
{
    [Theory]
    [InlineData("roslyn4.4", "This build has Roslyn 4.4, of the .NET SDK 7.0.100 ")]
    [InlineData("roslyn4.7", "This build has Roslyn 4.7, of the .NET SDK 7.0.100 ")]
    [InlineData("", "This build has an older one, of the .NET SDK 7.0.100 ")]   // before Roslyn 4.0 there was no such property
    public void An_older_compiler_is_one_error_that_names_what_was_found(string compiler, string found)
    {
        var error = Assert.Single(ErrorsOf(compiler));

        Assert.Contains("error SLSAM1003: SlSam needs the compiler Roslyn 4.8, ", error);
        Assert.Contains(found, error);
    }

    [Theory]
    [InlineData("roslyn4.8")]
    [InlineData("roslyn4.14")]
    [InlineData("roslyn5.9")]
    public void The_compiler_of_SDK_8_and_those_after_it_pass(string compiler) => Assert.Empty(ErrorsOf(compiler));

    private static List<string> ErrorsOf(string compiler)
    {
        var targets = Path.Combine(Repository.Root, "src", "SlSam", "buildTransitive", "SlSam.targets");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        string[] arguments =
        [
            "msbuild", targets, "-nologo", "-nodeReuse:false", "-t:SlSamNeedsCompiler", "-p:Language=C#",
            $"-p:CompilerApiVersion={compiler}", "-p:NETCoreSdkVersion=7.0.100",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var errors = Regex.Matches(output, "error .*").Select(match => match.Value).Distinct().ToList();
        Assert.Equal(errors.Count == 0, process.ExitCode == 0);
        return errors;
    }
}
