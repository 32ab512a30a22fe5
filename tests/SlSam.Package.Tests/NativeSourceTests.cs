using System.Runtime.Versioning;
using SlSam.Package.Tests.Workplace;

namespace SlSam.Package.Tests;

/// <summary>compile.sh, which SlSam.LibTorch brings, with a libtorch and a compiler that only look like such.</summary>
[SupportedOSPlatform("linux")]
public sealed class NativeSourceTests : IDisposable
{
    private const string Compiler = """
        #!/bin/sh
        case "$1" in --version) echo "compiler $COMPILER_VERSION"; exit ;; esac
        case " $* " in *" ${REFUSED:-nothing} "*) echo refused >&2; exit 1 ;; esac
        while [ "$1" != -o ]; do shift; done
        echo compiled > "$2"
        echo compiled >> "$CALLS"
        """;

    private readonly TemporaryFolder _folder = new();

    public NativeSourceTests()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "SlSam.LibTorch is for Linux.");
        WriteLibTorch(minor: 5);
        File.WriteAllText(_folder.Combine("compiler"), Compiler.ReplaceLineEndings("\n"));
        File.SetUnixFileMode(_folder.Combine("compiler"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void The_native_source_is_compiled_once_for_all_projects()
    {
        Compile("first").MustSucceed();
        Compile("second").MustSucceed();

        Assert.Equal(1, Calls());
        Assert.Equal(File.ReadAllText(Library("first")), File.ReadAllText(Library("second")));
    }

    [SkippableFact]
    public void Another_libtorch_or_compiler_is_a_reason_to_compile_anew()
    {
        Compile("project").MustSucceed();
        WriteLibTorch(minor: 10);
        Compile("project").MustSucceed();
        Assert.Equal(2, Calls());

        Compile("project", "COMPILER_VERSION=13").MustSucceed();
        Assert.Equal(3, Calls());
    }

    [SkippableFact]
    public void A_cache_that_cannot_be_written_does_no_harm()
    {
        File.WriteAllText(_folder.Combine("file"), "");

        Compile("project", $"SLSAM_CACHE={_folder.Combine("file")}").MustSucceed();

        Assert.True(File.Exists(Library("project")));
    }

    [SkippableFact]
    public void Without_the_means_for_several_processes_the_rest_is_compiled_and_what_is_missing_is_said()
    {
        Assert.Contains("Training in many processes is left out: this libtorch was built without c10d.", Compile("first").MustSucceed().Output);

        var c10d = Directory.CreateDirectory(_folder.Combine("libtorch", "include", "torch", "csrc", "distributed", "c10d"));
        File.WriteAllText(Path.Combine(c10d.FullName, "ProcessGroupGloo.hpp"), "");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(_folder.Combine("libtorch", "include", "gloo")).FullName, "context.h"), "");
        Assert.DoesNotContain("left out", Compile("second").MustSucceed().Output);

        var output = Compile("third", "REFUSED=-DSLSAM_GLOO", $"SLSAM_CACHE={_folder.Combine("another")}").MustSucceed().Output;
        Assert.Contains("Training in many processes is left out: the native part did not compile with Gloo", output);
        Assert.True(File.Exists(Library("third")));
    }

    [SkippableTheory]
    [InlineData("LIBTORCH=/nowhere", "LIBTORCH=/nowhere has no include/torch")]
    [InlineData("CXX=no-such-compiler", "no C++ compiler 'no-such-compiler'. On Debian: apt-get install")]
    public void What_is_missing_is_one_error_that_says_so(string variable, string message)
    {
        var output = Compile("project", variable).MustFail().Output;

        Assert.Contains("slsam_torch : error SLSAM1002: " + message, Assert.Single(output.Trim().Split('\n')));
        Assert.False(File.Exists(Library("project")));
    }

    private Outcome Compile(string project, params string[] variables) => CommandLine.Run(_folder.Path, "env",
    [
        $"CXX={_folder.Combine("compiler")}", $"LIBTORCH={_folder.Combine("libtorch")}", $"SLSAM_CACHE={_folder.Combine("cache")}",
        $"CALLS={_folder.Combine("calls")}", .. variables,
        "sh", Checkout.File("src", "SlSam.LibTorch", "native", "compile.sh"), _folder.Combine(project),
    ]);

    private string Library(string project) => _folder.Combine(project, "libslsam_torch.so");

    private int Calls() => File.ReadAllLines(_folder.Combine("calls")).Length;

    private void WriteLibTorch(int minor)
    {
        Directory.CreateDirectory(_folder.Combine("libtorch", "lib"));
        File.WriteAllText(_folder.Combine("libtorch", "lib", "libtorch_cpu.so"), new string('x', minor));
        var headers = Directory.CreateDirectory(_folder.Combine("libtorch", "include", "torch", "csrc", "api", "include", "torch"));
        File.WriteAllText(
            Path.Combine(headers.FullName, "version.h"), $"#define TORCH_VERSION_MAJOR 2\n#define TORCH_VERSION_MINOR {minor}\n");
    }
}
